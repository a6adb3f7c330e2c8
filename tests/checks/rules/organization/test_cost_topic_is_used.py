"""Where budgets may write to a topic, there is one."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable

RULE = "OwaspLlm-CostTopicIsUsed"
_WRITERS = [
    ("budgets.amazonaws.com", "AWS::Budgets::Budget"),
    ("costalerts.amazonaws.com", "AWS::CE::AnomalySubscription"),
]


def _policy(service: object, effect: str = "Allow") -> dict[str, Any]:
    statement = {
        "Effect": effect,
        "Principal": {"Service": service},
        "Action": "sns:Publish",
        "Resource": "*",
    }
    return {"Topics": ["arn:t"], "PolicyDocument": {"Statement": [statement]}}


@pytest.mark.parametrize(("service", "kind"), _WRITERS)
def test_a_topic_that_nothing_writes_to_is_found(ask: Callable[..., Answer], service: str, kind: str) -> None:
    answer = ask(RULE, _policy(["cloudwatch.amazonaws.com", service]))
    assert isinstance(answer, NonCompliant)
    assert answer.property == "PolicyDocument.Statement.0.Principal"
    writer: dict[str, Any] = {"Writer": {"Type": kind, "Properties": {}}}
    assert isinstance(ask(RULE, _policy(service), others=writer), Compliant)


@pytest.mark.parametrize(
    "properties",
    [
        _policy("cloudwatch.amazonaws.com"),
        _policy("budgets.amazonaws.com", "Deny"),
        _policy({"Ref": "Given"}),
        {"PolicyDocument": {"Ref": "Given"}},
        {"PolicyDocument": {"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "sns:Publish"}]}},
    ],
)
def test_other_topics_are_not_asked(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), NotApplicable)
