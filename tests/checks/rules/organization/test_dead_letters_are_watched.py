"""The only queue of dead letters that no alarm watches is found."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable

RULE = "OwaspLlm-DeadLettersAreWatched"
QUEUE = "AWS::SQS::Queue"


def letters(name: str, *, watched: bool) -> dict[str, Any]:
    """A queue into which a function puts its failures."""
    found: dict[str, Any] = {
        f"Of{name}": {
            "Type": "AWS::Lambda::Function",
            "Properties": {"DeadLetterConfig": {"TargetArn": {"Fn::GetAtt": [name, "Arn"]}}},
        }
    }
    if name != "Subject":
        found[name] = {"Type": QUEUE}
    if watched:
        dimension = {"Name": "QueueName", "Value": {"Fn::GetAtt": [name, "QueueName"]}}
        found[f"Alarm{name}"] = {"Type": "AWS::CloudWatch::Alarm", "Properties": {"Dimensions": [dimension]}}
    return found


OTHERS = {**letters("A", watched=True), **letters("B", watched=True)}


def test_a_watched_queue_is_compliant(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, {}, others={**OTHERS, **letters("Subject", watched=True)}), Compliant)


def test_the_only_one_that_nobody_watches_is_found(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, {}, others={**OTHERS, **letters("Subject", watched=False)}), NonCompliant)


def test_a_rule_puts_its_failures_into_a_queue_too(ask: Callable[..., Answer]) -> None:
    target = {"Id": "t", "Arn": "arn:x", "DeadLetterConfig": {"Arn": {"Fn::GetAtt": ["Subject", "Arn"]}}}
    rule = {"Rule": {"Type": "AWS::Events::Rule", "Properties": {"Targets": [target]}}}
    assert isinstance(ask(RULE, {}, others={**OTHERS, **rule}), NonCompliant)


@pytest.mark.parametrize(
    "others",
    [
        OTHERS,
        letters("Subject", watched=False),
        {**OTHERS, **letters("C", watched=False), **letters("Subject", watched=False)},
        {
            **OTHERS,
            "Work": {"Type": QUEUE, "Properties": {"RedrivePolicy": {"deadLetterTargetArn": "arn:x"}}},
        },
    ],
    ids=["no dead letters", "alone", "no practice", "a queue of work"],
)
def test_others_are_left_alone(ask: Callable[..., Answer], others: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, {}, others=others), NotApplicable)


def kept_by_rules(*names: str) -> dict[str, Any]:
    """Queues into which rules put what they could not deliver, each with an alarm but for `Subject`."""
    found: dict[str, Any] = {}
    for name in names:
        target = {"Id": "t", "Arn": "arn:x", "DeadLetterConfig": {"Arn": {"Fn::GetAtt": [name, "Arn"]}}}
        found[f"Rule{name}"] = {"Type": "AWS::Events::Rule", "Properties": {"Targets": [target]}}
        if name != "Subject":
            dimension = {"Name": "QueueName", "Value": {"Fn::GetAtt": [name, "QueueName"]}}
            found[name] = {"Type": QUEUE}
            found[f"A{name}"] = {"Type": "AWS::CloudWatch::Alarm", "Properties": {"Dimensions": [dimension]}}
    return found


def test_queues_of_rules_are_compared_over_all_templates(ask: Callable[..., Answer]) -> None:
    elsewhere = {"Resources": kept_by_rules("A", "B", "C")}
    assert isinstance(ask(RULE, {}, others=kept_by_rules("Subject"), elsewhere=elsewhere), NonCompliant)
    few = {"Resources": kept_by_rules("A", "B")}
    assert isinstance(ask(RULE, {}, others=kept_by_rules("Subject"), elsewhere=few), NotApplicable)
