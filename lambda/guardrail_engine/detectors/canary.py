"""The canary: a secret marker in the system prompt whose appearance proves that the prompt leaked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from guardrail_engine.detector import Context, Detector, Match, Scope

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guardrail_engine.views import View

_RISK: Final = "LLM07"
_MIN_SECRET: Final = 8


def find(view: View, context: Context) -> Iterator[Match]:
    """Find the canary, or its random part alone, however it is spaced, hyphenated or capitalised."""
    if not context.canary:
        return
    text = view.text.lower()
    for token in (context.canary.lower(), context.canary.lower().rpartition("-")[2]):
        if len(token) < _MIN_SECRET:
            continue
        # Linear although characters may be interspersed: the letters are fixed and the gaps bounded.
        spread = r"[\W_]{0,4}".join(map(re.escape, re.sub(r"[\W_]", "", token)))
        match = re.search(spread, text) if len(text) == len(view.text) else None
        if match is not None:
            yield Match("canary.leak", _RISK, *match.span())
            return
        if token in text:
            yield Match("canary.leak", _RISK, 0, len(view.text))
            return


DETECTOR: Final = Detector("canary", Scope.ALL, find)
