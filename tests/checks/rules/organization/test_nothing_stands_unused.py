"""A plan, a query log and a topic without what makes them work are found."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable

RULE = "OwaspLlm-NothingStandsUnused"
PLAN, TOPIC = "AWS::Backup::BackupPlan", "AWS::SNS::Topic"
ELSEWHERE: dict[str, Any] = {"Resources": {}}
ALARM = {"Alarm": {"Type": "AWS::CloudWatch::Alarm", "Properties": {"AlarmActions": [{"Ref": "Subject"}]}}}


def bound(kind: str) -> dict[str, Any]:
    return {"Binding": {"Type": kind, "Properties": {"To": {"Ref": "Subject"}}}}


@pytest.mark.parametrize(
    ("kind", "binding"),
    [
        (PLAN, "AWS::Backup::BackupSelection"),
        ("AWS::ApplicationAutoScaling::ScalableTarget", "AWS::ApplicationAutoScaling::ScalingPolicy"),
        ("AWS::Backup::RestoreTestingPlan", "AWS::Backup::RestoreTestingSelection"),
        (
            "AWS::Route53Resolver::ResolverQueryLoggingConfig",
            "AWS::Route53Resolver::ResolverQueryLoggingConfigAssociation",
        ),
    ],
)
def test_what_is_bound_is_compliant_and_what_is_not_is_found(
    ask: Callable[..., Answer], kind: str, binding: str
) -> None:
    asked: dict[str, Any] = {"resource_type": kind, "elsewhere": ELSEWHERE}
    assert isinstance(ask(RULE, {}, others=bound(binding), **asked), Compliant)
    answer = ask(RULE, {}, others={}, **asked)
    assert isinstance(answer, NonCompliant)
    assert binding in answer.message


@pytest.mark.parametrize("kind", ["Custom::Binding", "AWS::CloudFormation::Stack"])
def test_what_may_bind_anything_counts(ask: Callable[..., Answer], kind: str) -> None:
    answer = ask(RULE, {}, others=bound(kind), resource_type=PLAN, elsewhere=ELSEWHERE)
    assert isinstance(answer, Compliant)


def test_what_one_template_exports_may_be_bound_elsewhere(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, {}, resource_type=PLAN), Compliant)


def test_a_topic_that_alarms_call_needs_a_subscriber(ask: Callable[..., Answer]) -> None:
    asked: dict[str, Any] = {"resource_type": TOPIC, "elsewhere": ELSEWHERE}
    heard = {**ALARM, **bound("AWS::SNS::Subscription")}
    inline = {"Subscription": [{"Protocol": "email", "Endpoint": "a@example.com"}]}
    assert isinstance(ask(RULE, {}, others=heard, **asked), Compliant)
    assert isinstance(ask(RULE, inline, others=ALARM, **asked), Compliant)
    assert isinstance(ask(RULE, {}, others=ALARM, **asked), NonCompliant)
    assert isinstance(ask(RULE, {}, others={}, **asked), NotApplicable)
