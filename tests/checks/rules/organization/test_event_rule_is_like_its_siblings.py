"""The only rule that loses what it cannot deliver is found."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-EventRuleIsLikeItsSiblings"
KEPT: dict[str, Any] = {"Targets": [{"Id": "t", "Arn": "arn:x", "DeadLetterConfig": {"Arn": "arn:q"}}]}
LOST: dict[str, Any] = {"Targets": [{"Id": "t", "Arn": "arn:x"}]}


def rules(*properties: dict[str, Any]) -> dict[str, Any]:
    return {f"R{i}": {"Type": "AWS::Events::Rule", "Properties": each} for i, each in enumerate(properties)}


def test_a_rule_that_keeps_is_compliant(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, KEPT, others=rules(KEPT, KEPT)), Compliant)


def test_the_only_one_that_loses_is_found(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, LOST, others=rules(KEPT, KEPT, KEPT)), NonCompliant)


@pytest.mark.parametrize(
    ("properties", "others"),
    [
        (LOST, rules(KEPT, KEPT)),
        (LOST, rules(KEPT, KEPT, KEPT, LOST)),
        ({**LOST, "ScheduleExpression": "rate(5 minutes)"}, rules(KEPT, KEPT, KEPT)),
    ],
    ids=["few", "no practice", "the next run makes up for it"],
)
def test_where_there_is_no_practice_nobody_is_asked(
    ask: Callable[..., Answer], properties: dict[str, Any], others: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, properties, others=others), NotApplicable)


def test_a_token_is_unknown(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, {"Targets": {"Ref": "Given"}}, others=rules(KEPT, KEPT, KEPT)), Unknown)
