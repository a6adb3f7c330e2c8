"""How the reading process hands over what it found: JSON, checked as if a stranger wrote it."""

from __future__ import annotations

import json
from typing import Any, cast

from document_text.refusals import Refusal, RefusedError
from document_text.results import Aside, Extracted, Hidden, HiddenWay, Kind


def dump(outcome: Extracted | Refusal) -> bytes:
    """One line of ASCII."""
    if isinstance(outcome, Refusal):
        return json.dumps({"refusal": outcome}).encode()
    return json.dumps(
        {
            "kind": outcome.kind,
            "title": outcome.title,
            "text": outcome.text,
            "pages": outcome.pages,
            "hidden": [[hidden.way, hidden.chars, hidden.text] for hidden in outcome.hidden],
            "asides": [[aside.where, aside.text] for aside in outcome.asides],
        }
    ).encode()


def load(data: bytes) -> Extracted:
    """What the other side found.

    Raises:
        RefusedError: It refused, or what it says has another shape.
    """
    try:
        found = cast("dict[str, Any]", json.loads(data))
        refusal = found.get("refusal")
        if refusal is None:
            return Extracted(
                Kind(found["kind"]),
                _text(found["title"]),
                _text(found["text"]),
                None if found["pages"] is None else int(found["pages"]),
                tuple(
                    Hidden(HiddenWay(way), int(chars), _text(text)) for way, chars, text in found["hidden"]
                ),
                tuple(Aside(_text(where), _text(text)) for where, text in found["asides"]),
            )
        reason = Refusal(refusal)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise RefusedError(Refusal.DAMAGED) from error
    raise RefusedError(reason)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("no text")
    return value
