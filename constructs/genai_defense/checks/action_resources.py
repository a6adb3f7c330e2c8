"""Which actions name what they act on, as AWS's Service Authorization Reference says."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from genai_defense.checks.reach import covers, literally
from genai_defense.checks.values import Value

# Written by `make actions`; says where from and when.
_WRITTEN = Path(__file__).with_name("action_resources.json")


def actions_with_resource(pattern: Value) -> tuple[str, ...]:
    """The actions of a pattern that name a resource, such as `sqs:SendMessage`; lists name none.

    Services that the reference's extract leaves out have none, and neither has every action of a service.
    """
    text = literally(pattern)
    service, _, name = text.partition(":")
    known = _known().get(service.lower(), {})
    if not any(each in name for each in "*?"):
        found = known.get(name.lower())
        return (f"{service.lower()}:{found}",) if found else ()
    if not name.strip("*"):
        return ()
    return tuple(
        each for each in (f"{service.lower()}:{one}" for one in known.values()) if covers(text, each)
    )


@cache
def _known() -> dict[str, dict[str, str]]:
    """Service, to the names of its actions by their lower case."""
    written: dict[str, Any] = json.loads(_WRITTEN.read_text())
    return {
        service: {name.lower(): name for name in names.split()}
        for service, names in written["actions"].items()
    }
