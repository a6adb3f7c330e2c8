"""Orders to the model that a user has no right to give: rules as data in ``injection_rules``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from guardrail_engine.detector import Context, Detector, Match, Scope
from guardrail_engine.detectors.injection_languages import LANGUAGES
from guardrail_engine.detectors.injection_rules import ENGLISH, SQUEEZED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guardrail_engine.detectors.rule import Rule
    from guardrail_engine.views import View

RULES: Final = (*ENGLISH, *LANGUAGES)


def _compile(rule: Rule) -> re.Pattern[str]:
    """A blank in a rule is a gap between words, bounded to keep the rule linear; ``~`` is a word's edge."""
    return re.compile(rule.pattern.replace(" ", r"[\W_]{1,6}").replace("~", r"\b"), re.IGNORECASE)


_COMPILED: Final = tuple((rule, _compile(rule)) for rule in RULES)
_SQUEEZED: Final = (*_COMPILED, (SQUEEZED, _compile(SQUEEZED)))


def find(view: View, _context: Context) -> Iterator[Match]:
    """Find the first match of each rule."""
    lower = view.text.lower()
    for rule, pattern in _SQUEEZED if view.squeezed else _COMPILED:
        if rule.needs and not any(word in lower for word in rule.needs):
            continue
        match = pattern.search(view.text)
        if match is not None:
            yield Match(f"injection.{rule.name}", rule.risk, *match.span())


DETECTOR: Final = Detector("injection", Scope.ALL, find)
