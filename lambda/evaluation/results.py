"""A result of an evaluation, as a contributor uploads it: a JSON object a line, and no text of anybody."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final, cast

MAX_BYTES: Final = 10_000_000
_MAX_ROWS: Final = 100_000
_FIELDS: Final = {"group", "refused", "correct", "score"}
_MAX_GROUP_CHARS: Final = 64


class ResultError(ValueError):
    """The file is no result; the text names the line and quotes nothing of it."""


@dataclass(frozen=True, slots=True)
class Case:
    """One case of an evaluation.

    Args:
        group: Whom the case stands for, such as a language.
        refused: Whether the chatbot refused it.
        correct: Whether what it did is what the case asks for.
        score: How good the answer is, 0 to 1.
    """

    group: str
    refused: bool
    correct: bool
    score: float


def parse(content: bytes) -> list[Case]:
    """The cases of a file.

    Raises:
        ResultError: A line is no case, or there is none, or there are more than 100,000.
    """
    # Not splitlines(): it also splits on characters that a text may hold.
    lines = [line for line in content.split(b"\n") if line.strip()]
    if not 1 <= len(lines) <= _MAX_ROWS:
        raise ResultError(f"a result has 1 to {_MAX_ROWS} lines")
    return [_case(line, number) for number, line in enumerate(lines, start=1)]


def _case(line: bytes, number: int) -> Case:
    try:
        parsed: object = json.loads(line)
    except (ValueError, RecursionError):
        raise ResultError(f"line {number} is no JSON") from None
    if not isinstance(parsed, dict):
        raise ResultError(f"line {number} is no object")
    fields = cast("dict[str, object]", parsed)
    if fields.keys() != _FIELDS:
        raise ResultError(f"line {number} must have {', '.join(sorted(_FIELDS))} and nothing else")
    group, refused, correct, score = (fields[name] for name in ("group", "refused", "correct", "score"))
    if not isinstance(group, str) or not 1 <= len(group) <= _MAX_GROUP_CHARS:
        raise ResultError(f"line {number}: group must be a name of 1 to {_MAX_GROUP_CHARS} characters")
    if not isinstance(refused, bool) or not isinstance(correct, bool):
        raise ResultError(f"line {number}: refused and correct must be true or false")
    if isinstance(score, bool) or not isinstance(score, int | float) or not 0 <= score <= 1:
        raise ResultError(f"line {number}: score must be a number from 0 to 1")
    return Case(group, refused, correct, float(score))
