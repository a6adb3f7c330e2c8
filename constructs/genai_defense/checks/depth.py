"""How many independent controls stand against each risk, by what the rules find in order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from genai_defense.checks.answer import Compliant, NotApplicable
from genai_defense.checks.rule import Boundary

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from genai_defense.checks.pack import Result
    from genai_defense.checks.rule import Rule
    from genai_defense.checks.template_graph import Resource

RISKS: Final = {
    "LLM01": "prompt injection",
    "LLM02": "sensitive information disclosure",
    "LLM03": "supply chain",
    "LLM04": "data and model poisoning",
    "LLM05": "improper output handling",
    "LLM06": "excessive agency",
    "LLM07": "system prompt leakage",
    "LLM08": "vector and embedding weaknesses",
    "LLM09": "misinformation",
    "LLM10": "unbounded consumption",
}
"""The OWASP Top 10 for LLM applications, 2025."""


@dataclass(frozen=True, kw_only=True)
class Control:
    """A rule that some resource keeps.

    Attributes:
        rule: The rule's id.
        boundary: Where the rule's control stands.
        resources: The resources that keep it.
    """

    rule: str
    boundary: Boundary
    resources: frozenset[Resource]


@dataclass(frozen=True, kw_only=True)
class Depth:
    """The controls against one risk.

    Attributes:
        risk: Such as `LLM01`.
        asked: Whether a rule about the risk has anything to say about the deployment.
        controls: The controls, by the id of their rule.
    """

    risk: str
    asked: bool
    controls: tuple[Control, ...] = field(default=())

    @property
    def by_boundary(self) -> Mapping[Boundary, tuple[Control, ...]]:
        """The controls at each boundary, in the order of the boundaries; without the empty ones."""
        found = {each: tuple(c for c in self.controls if c.boundary is each) for each in Boundary}
        return {boundary: controls for boundary, controls in found.items() if controls}

    @property
    def independent(self) -> tuple[Control, Control] | None:
        """Two controls at different boundaries that share no resource; None where there are no such two."""
        for number, one in enumerate(self.controls):
            for other in self.controls[number + 1 :]:
                if one.boundary is not other.boundary and not one.resources & other.resources:
                    return one, other
        return None

    @property
    def least_left(self) -> tuple[int, Resource | None]:
        """How many controls are left without the resource on which most stand alone, and that resource."""
        worst: tuple[int, Resource | None] = (len(self.controls), None)
        for resource in {each: None for control in self.controls for each in control.resources}:
            left = sum(control.resources != frozenset({resource}) for control in self.controls)
            if left < worst[0]:
                worst = left, resource
        return worst

    def without(self, boundary: Boundary) -> int:
        """How many controls are left when a whole boundary is gone.

        Args:
            boundary: The boundary.
        """
        return sum(control.boundary is not boundary for control in self.controls)


def depth_of(results: Iterable[Result]) -> tuple[Depth, ...]:
    """Count what stands against each risk.

    Args:
        results: What the rules said about one deployment.

    Returns:
        A row for each risk, in the order of `RISKS`.
    """
    kept: dict[str, dict[Resource, None]] = {}
    asked: set[str] = set()
    rules: dict[str, Rule] = {}
    for result in results:
        if not isinstance(result.answer, NotApplicable):
            asked.update(result.rule.mapping.owasp_llm_2025)
        if isinstance(result.answer, Compliant):
            rules[result.rule.id] = result.rule
            kept.setdefault(result.rule.id, {})[result.resource] = None
    controls = {
        rule_id: Control(rule=rule_id, boundary=rules[rule_id].boundary, resources=frozenset(kept[rule_id]))
        for rule_id in sorted(kept)
    }
    return tuple(
        Depth(
            risk=risk,
            asked=risk in asked,
            controls=tuple(
                control
                for rule_id, control in controls.items()
                if risk in rules[rule_id].mapping.owasp_llm_2025
            ),
        )
        for risk in RISKS
    )
