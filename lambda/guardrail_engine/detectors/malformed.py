"""Text that is no text: lone surrogates, noncharacters, NUL."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from guardrail_engine.detector import Context, Detector, Match, Scope

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guardrail_engine.views import View

_RISK: Final = "LLM10"
_RULES: Final = (
    ("malformed.surrogate", re.compile("[\ud800-\udfff]")),
    ("malformed.noncharacter", re.compile("[\ufdd0-\ufdef\ufffe\uffff]")),
    ("malformed.nul", re.compile("\x00")),
)


def find(view: View, _context: Context) -> Iterator[Match]:
    """Find the first of each kind."""
    for rule_id, pattern in _RULES:
        match = pattern.search(view.text)
        if match is not None:
            yield Match(rule_id, _RISK, *match.span())


DETECTOR: Final = Detector("malformed", Scope.ORIGINAL, find)
