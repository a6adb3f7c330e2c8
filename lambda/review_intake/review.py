"""A strict reading of the review queue: feedback of a user, or an event about an ungrounded answer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, cast

if TYPE_CHECKING:
    from collections.abc import Mapping

_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,128}")
_TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT[0-9:.]{8,15}(Z|[+-]\d\d:\d\d)")
_RATINGS: Final = frozenset({"wrong", "harmful", "helpful"})
COMMENT_CHARS: Final = 1000


class MalformedError(ValueError):
    """Nobody puts such a message into the queue."""


def review_of(message: object) -> dict[str, str | None]:
    """What a reviewer sees: user_id, request_id, conversation_id, time, rating, comment, found_by.

    Raises:
        MalformedError: The message is neither.
    """
    fields = _object(message)
    if fields.get("detail-type") == "Grounding Failed":
        detail = _object(fields.get("detail"))
        return _review(detail, rating="ungrounded", comment=None, found_by="guardrail")
    rating, comment = fields.get("rating"), fields.get("comment")
    if rating not in _RATINGS:
        raise MalformedError("rating")
    if comment is not None and (not isinstance(comment, str) or len(comment) > COMMENT_CHARS):
        raise MalformedError("comment")
    return _review(fields, rating=str(rating), comment=comment or None, found_by="user")


def _review(
    fields: Mapping[str, Any], *, rating: str, comment: str | None, found_by: str
) -> dict[str, str | None]:
    return {
        **{name: _text(fields.get(name), _ID) for name in ("user_id", "request_id", "conversation_id")},
        "time": _text(fields.get("time"), _TIME),
        "rating": rating,
        "comment": comment,
        "found_by": found_by,
    }


def _object(value: object) -> Mapping[str, Any]:
    return cast("Mapping[str, Any]", value) if isinstance(value, dict) else {}


def _text(value: object, pattern: re.Pattern[str]) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise MalformedError("a field of another form")
    return value
