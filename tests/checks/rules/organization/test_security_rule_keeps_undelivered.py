"""A rule that brings findings keeps what it could not deliver, or the rule speaks up."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-SecurityRuleKeepsUndelivered"
GUARD_DUTY = {"source": ["aws.guardduty"], "detail-type": ["GuardDuty Finding"]}
KEPT = {"Id": "A", "Arn": "arn:a", "DeadLetterConfig": {"Arn": "arn:queue"}}
LOST = {"Id": "B", "Arn": "arn:b"}


def test_a_queue_for_each_target_is_compliant(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, {"EventPattern": GUARD_DUTY, "Targets": [KEPT, KEPT]}), Compliant)


def test_a_target_without_a_queue_is_not(ask: Callable[..., Answer]) -> None:
    answer = ask(RULE, {"EventPattern": GUARD_DUTY, "Targets": [KEPT, LOST]})
    assert isinstance(answer, NonCompliant)
    assert answer.property == "Targets.1.DeadLetterConfig"


@pytest.mark.parametrize(
    "properties",
    [
        {"ScheduleExpression": "rate(5 minutes)", "Targets": [LOST]},
        {"EventPattern": {"source": ["aws.ec2"]}, "Targets": [LOST]},
        {"EventPattern": {"source": [{"prefix": "my."}]}, "Targets": [LOST]},
    ],
)
def test_other_rules_are_not_asked(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), NotApplicable)


@pytest.mark.parametrize(
    "properties",
    [
        {"EventPattern": {"source": {"Ref": "Given"}}, "Targets": [LOST]},
        {"EventPattern": {"source": [{"Ref": "Given"}]}, "Targets": [LOST]},
        {"EventPattern": GUARD_DUTY, "Targets": {"Ref": "Given"}},
        {"EventPattern": GUARD_DUTY, "Targets": [{"Ref": "Given"}]},
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Unknown)
