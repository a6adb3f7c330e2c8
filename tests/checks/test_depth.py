"""Two controls count as two only when neither a boundary nor a resource takes both away."""

from collections.abc import Iterator

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable
from genai_defense.checks.depth import RISKS, Depth, depth_of
from genai_defense.checks.pack import OWASP_LLM, Result
from genai_defense.checks.rule import Boundary, Rule
from genai_defense.checks.template_graph import Template, TemplateGraph

_KEPT = Compliant("it stands")
_GRAPH = TemplateGraph(
    [Template("here", {"Resources": {name: {"Type": "AWS::SNS::Topic"} for name in ("A", "B", "C")}})]
)
_RESOURCES = {resource.logical_id: resource for resource in _GRAPH.all()}


def _rules(boundary: Boundary, risk: str) -> list[Rule]:
    return [
        rule for rule in OWASP_LLM.rules if rule.boundary is boundary and risk in rule.mapping.owasp_llm_2025
    ]


def _depth(*answers: tuple[Rule, str, Answer]) -> Depth:
    results = [Result(rule=rule, resource=_RESOURCES[name], answer=answer) for rule, name, answer in answers]
    return next(row for row in depth_of(results) if row.risk == "LLM01")


_MODEL, _OTHER_MODEL = _rules(Boundary.MODEL, "LLM01")[:2]
_APPLICATION = _rules(Boundary.APPLICATION, "LLM01")[0]


def test_two_boundaries_and_two_resources_are_depth() -> None:
    depth = _depth((_MODEL, "A", _KEPT), (_APPLICATION, "B", _KEPT))
    assert {control.rule for control in depth.independent or ()} == {_MODEL.id, _APPLICATION.id}
    assert depth.least_left[0] == 1
    assert {boundary: depth.without(boundary) for boundary in depth.by_boundary} == {
        Boundary.APPLICATION: 1,
        Boundary.MODEL: 1,
    }


@pytest.mark.parametrize(
    "answers",
    [
        ((_MODEL, "A", _KEPT),),
        ((_MODEL, "A", _KEPT), (_OTHER_MODEL, "B", _KEPT)),
        ((_MODEL, "A", _KEPT), (_APPLICATION, "A", _KEPT)),
        ((_MODEL, "A", _KEPT), (_APPLICATION, "B", NonCompliant("", "gone"))),
        ((_MODEL, "A", _KEPT), (_APPLICATION, "B", NotApplicable())),
    ],
    ids=["one", "one boundary", "one resource", "one is broken", "one does not apply"],
)
def test_anything_less_is_none(answers: tuple[tuple[Rule, str, Answer], ...]) -> None:
    assert _depth(*answers).independent is None


def test_the_weakest_point_is_the_resource_that_most_controls_stand_on_alone() -> None:
    depth = _depth((_MODEL, "A", _KEPT), (_OTHER_MODEL, "A", _KEPT), (_APPLICATION, "B", _KEPT))
    assert depth.least_left == (1, _RESOURCES["A"])


def test_a_risk_that_no_rule_speaks_of_here_is_not_asked() -> None:
    assert not _depth((_MODEL, "A", NotApplicable())).asked
    assert _depth((_MODEL, "A", NonCompliant("", "gone"))).asked


def test_every_risk_has_a_row_and_rules_at_two_boundaries() -> None:
    assert [row.risk for row in depth_of([])] == list(RISKS)

    def boundaries(risk: str) -> Iterator[Boundary]:
        yield from (boundary for boundary in Boundary if _rules(boundary, risk))

    assert all(len(list(boundaries(risk))) >= 2 for risk in RISKS)
