"""Hidden channels: invisible characters that decode to text; ZWNJ, ZWJ and flags in their place are none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from guardrail_engine.detector import Context, Detector, Match, Scope
from guardrail_engine.views.hidden import hidden_channels

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guardrail_engine.views import View

_RISK: Final = "LLM01"


def find(view: View, _context: Context) -> Iterator[Match]:
    """Find every channel that says something."""
    for channel in hidden_channels(view.text):
        yield Match(f"unicode.{channel.name}", _RISK, min(channel.places), max(channel.places) + 1)


DETECTOR: Final = Detector("unicode", Scope.ORIGINAL, find)
