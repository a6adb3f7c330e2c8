"""The Cedar schema and policies, read from the files in `cedar/`: deployed and tested from this one place."""

import json
from collections.abc import Mapping
from pathlib import Path
from string import Template
from typing import Any

_FOLDER = Path(__file__).parent / "cedar"


def cedar_schema() -> str:
    """The schema as compact JSON, as Verified Permissions takes it."""
    schema: dict[str, Any] = json.loads((_FOLDER / "schema.json").read_text(encoding="utf-8"))
    return json.dumps(schema, separators=(",", ":"))


def cedar_policies(*, refund_limit_cents: int) -> Mapping[str, str]:
    """Name to statement, one policy each, in the order of their names.

    Args:
        refund_limit_cents: Largest refund in cents, at least 1.

    Raises:
        ValueError: The limit allows nothing.
        KeyError: A file asks for a value that nobody gives.
    """
    if refund_limit_cents < 1:
        raise ValueError(f"refund_limit_cents is {refund_limit_cents}; it must be at least 1.")
    values = {"refund_limit_cents": refund_limit_cents}
    return {
        file.stem: Template(file.read_text(encoding="utf-8")).substitute(values)
        for file in sorted(_FOLDER.glob("*.cedar"))
    }
