"""Asks the kit's own packs."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from genai_defense.checks.answer import Answer, NonCompliant, Unknown
from genai_defense.checks.pack import OWASP_LLM, OWASP_LLM_BASELINE
from genai_defense.mutation.detector_names import DetectorName
from genai_defense.mutation.incremental.answers import IncrementalAnswers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from genai_defense.checks.template_graph import Template
    from genai_defense.mutation.detectors.detector import Change, Noticed

OWN_PACKS = {
    DetectorName.OWASP_LLM: OWASP_LLM,
    DetectorName.OWASP_LLM_BASELINE: OWASP_LLM_BASELINE,
}
"""The packs by their names as detectors."""


class OwnPacks:
    """Asks `OwaspLlm` and `OwaspLlm-Baseline`; acknowledgements hide nothing here.

    Args:
        templates: The templates of one deployment.
        names: Which of the two.
    """

    def __init__(self, templates: Sequence[Template], names: Sequence[DetectorName]) -> None:
        self._packs = {name: frozenset(rule.id for rule in OWN_PACKS[name].rules) for name in names}
        rules = [rule for name in names for rule in OWN_PACKS[name].rules]
        self._answers = IncrementalAnswers(templates, sorted(rules, key=lambda rule: rule.id))

    def notice(self, changes: Sequence[Change]) -> list[Noticed]:
        """Which rules say worse, or the same of another place."""
        return [self._noticed(change) for change in changes]

    def _noticed(self, change: Change) -> Noticed:
        differing = self._answers.differing(change.bodies)
        rules = {
            key[0] for key, answer in differing.items() if is_new(self._answers.unchanged.get(key), answer)
        }
        return {name: tuple(sorted(rules & known)) for name, known in self._packs.items()}


def is_new(before: Answer | None, after: Answer | None) -> bool:
    """Whether an answer is a finding that was not there: worse than before, or of one more place.

    A place that only moved, since an entry before it went out of a list, keeps its message; a place that was
    known and has another message now is no news either.
    """
    if not isinstance(after, NonCompliant | Unknown):
        return False
    if not isinstance(before, NonCompliant | Unknown):
        return True
    if isinstance(after, NonCompliant) and isinstance(before, Unknown):
        return True
    known, found = _places(before), _places(after)
    more = Counter(text for _, text in found) - Counter(text for _, text in known)
    grown = Counter(place for place, _ in found) - Counter(place for place, _ in known)
    return any(text in more for place, text in found if place in grown)


def _places(answer: NonCompliant | Unknown) -> set[tuple[str, str]]:
    if isinstance(answer, NonCompliant):
        return {(place.property, place.message) for place in answer.places()}
    return {(answer.property, answer.why)}
