"""What is no weaker is no mutant: guardrails and limits."""

from typing import Any

import pytest

from genai_defense.mutation.operator import Site
from genai_defense.mutation.operators import load_operators


def _sentences(operator_id: str, kind: str, properties: dict[str, Any]) -> list[str]:
    (operator,) = (one for one in load_operators() if one.id == operator_id)
    templates = {"t": {"Resources": {"One": {"Type": kind, "Properties": properties}}}}
    return [
        made.sentence for made in operator.weaken(Site(templates=templates, template="t", logical_id="One"))
    ]


def _listed(**entry: object) -> dict[str, Any]:
    return {"SensitiveInformationPolicyConfig": {"PiiEntitiesConfig": [{"Type": "EMAIL", **entry}]}}


@pytest.mark.parametrize("operator_id", ["guardrail-entry-only-watches", "guardrail-entry-disabled"])
@pytest.mark.parametrize(
    ("entry", "count"),
    [
        ({"Action": "ANONYMIZE"}, 2),
        ({"Action": "NONE"}, 0),
        ({"Action": "NONE", "InputAction": "BLOCK"}, 1),
        ({"Action": "BLOCK", "OutputAction": "NONE"}, 1),
    ],
)
def test_an_entry_that_does_nothing_is_not_weakened(
    operator_id: str, entry: dict[str, str], count: int
) -> None:
    assert len(_sentences(operator_id, "AWS::Bedrock::Guardrail", _listed(**entry))) == count


@pytest.mark.parametrize(("threshold", "count"), [(0.7, 1), (0.1, 0)])
def test_half_of_a_threshold_is_not_the_same_mutant_twice(threshold: float, count: int) -> None:
    checks = {"FiltersConfig": [{"Type": "GROUNDING", "Threshold": threshold}]}
    made = _sentences(
        "guardrail-grounding-threshold-half",
        "AWS::Bedrock::Guardrail",
        {"ContextualGroundingPolicyConfig": checks},
    )
    assert len(made) == count


def test_whoever_is_kept_out_for_longer_is_not_less_kept_out() -> None:
    variables = {"BLOCKED_MINUTES": "60", "WINDOW_MINUTES": "10"}
    properties = {"Environment": {"Variables": variables}}
    raised = _sentences("setting-limit-up", "AWS::Lambda::Function", properties)
    assert raised == ["WINDOW_MINUTES is a thousand times as high."]
    assert len(_sentences("setting-limit-off", "AWS::Lambda::Function", properties)) == 2
