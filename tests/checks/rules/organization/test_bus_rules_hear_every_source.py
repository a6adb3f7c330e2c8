"""A source that nobody hears, and a rule that waits for what nobody sends, are found."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-BusRulesHearEverySource"
BUS = {"Fn::GetAtt": ["Subject", "Arn"]}
SENDS: dict[str, Any] = {
    "Effect": "Allow",
    "Action": "events:PutEvents",
    "Resource": BUS,
    "Condition": {"StringEquals": {"events:source": ["shop.guardrail"]}, "Null": {"events:source": "false"}},
}


def rule(pattern: object, bus: object | None = None, target: object = "arn:x") -> dict[str, Any]:
    on = {"EventBusName": bus} if bus else {}
    body = {"EventPattern": pattern, "Targets": [{"Id": "t", "Arn": target}], **on}
    return {"Type": "AWS::Events::Rule", "Properties": body}


def deployment(*heard: object, sends: dict[str, Any] = SENDS) -> dict[str, Any]:
    policy = {"PolicyDocument": {"Statement": [sends]}}
    return {
        "Sender": {"Type": "AWS::IAM::Policy", "Properties": policy},
        "Forward": rule({"source": ["aws.guardduty"]}, target=BUS),
        **{f"Hears{i}": rule(pattern, bus={"Ref": "Subject"}) for i, pattern in enumerate(heard)},
    }


BOTH = {"source": ["shop.guardrail", "aws.guardduty"]}
PART = {"source": ["shop.guardrail"], "detail-type": ["Ungrounded"]}


@pytest.mark.parametrize("heard", [(BOTH,), (BOTH, PART), ({"source": ["aws.guardduty"]}, BOTH)])
def test_a_bus_whose_rules_hear_all_is_compliant(
    ask: Callable[..., Answer], heard: tuple[object, ...]
) -> None:
    assert isinstance(ask(RULE, {}, others=deployment(*heard)), Compliant)


@pytest.mark.parametrize(
    "heard",
    [
        ({"source": ["aws.guardduty"]},),
        ({"source": ["shop.guardrail"]},),
        ({"source": ["aws.guardduty"]}, PART),
        (BOTH, {"source": ["nobody.at-all"]}),
    ],
    ids=["the application", "the detector", "heard in part only", "a source that nobody sends"],
)
def test_one_that_misses_something_is_found(ask: Callable[..., Answer], heard: tuple[object, ...]) -> None:
    assert isinstance(ask(RULE, {}, others=deployment(*heard)), NonCompliant)


@pytest.mark.parametrize(
    "heard",
    [(), ({"detail-type": ["Finding"]},), ({"source": [{"prefix": ""}]},)],
    ids=["none", "all", "a filter"],
)
def test_what_cannot_be_compared_is_left_alone(ask: Callable[..., Answer], heard: tuple[object, ...]) -> None:
    assert isinstance(ask(RULE, {}, others=deployment(*heard)), NotApplicable)


def test_a_token_is_unknown(ask: Callable[..., Answer]) -> None:
    given = {**SENDS, "Condition": {"StringEquals": {"events:source": {"Ref": "Given"}}}}
    assert isinstance(ask(RULE, {}, others=deployment(BOTH, sends=given)), Unknown)
