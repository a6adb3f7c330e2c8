"""Event pattern fits its source."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-EventPatternFitsItsSource"


def pattern(source: object, kind: str) -> dict[str, Any]:
    """A rule that waits for one type of event of one source."""
    return {"properties": {"EventPattern": {"source": [source], "detail-type": [kind]}}}


@pytest.mark.parametrize(
    "case",
    [
        pattern("aws.guardduty", "GuardDuty Finding"),
        pattern("aws.kms", "AWS API Call via CloudTrail"),
        pattern("my.app", "Something"),
        {"properties": {"ScheduleExpression": "rate(1 day)"}},
        pattern({"prefix": "aws."}, "GuardDuty Finding"),
    ],
)
def test_what_is_sound_is_left_alone(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Compliant | NotApplicable)


@pytest.mark.parametrize(
    "case",
    [
        pattern("nobody", "GuardDuty Finding"),
        pattern("aws.ec2", "Object Created"),
        pattern("my.app", "AWS API Call via CloudTrail"),
    ],
)
def test_what_breaks_the_promise_is_found(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NonCompliant)


@pytest.mark.parametrize("case", [{"properties": {"EventPattern": {"Ref": "Given"}}}])
def test_what_only_a_deployment_knows_is_unknown(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Unknown)
