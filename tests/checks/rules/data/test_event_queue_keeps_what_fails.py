"""A queue from which a function takes messages has dead letters."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-EventQueueKeepsWhatFails"
MAPPING = {"EventSourceArn": {"Fn::GetAtt": ["Queue", "Arn"]}}


def queue(redrive: object) -> dict[str, Any]:
    dead: dict[str, Any] = {"Type": "AWS::SQS::Queue", "Properties": {}}
    return {"Queue": {"Type": "AWS::SQS::Queue", "Properties": {"RedrivePolicy": redrive}}, "Dead": dead}


def test_dead_letters_are_compliant(ask: Callable[..., Answer]) -> None:
    redrive = {"deadLetterTargetArn": {"Fn::GetAtt": ["Dead", "Arn"]}, "maxReceiveCount": 5}
    assert isinstance(ask(RULE, MAPPING, others=queue(redrive)), Compliant)


@pytest.mark.parametrize("redrive", [None, {}, {"maxReceiveCount": 5}])
def test_none_are_not(ask: Callable[..., Answer], redrive: object) -> None:
    assert isinstance(ask(RULE, MAPPING, others=queue(redrive)), NonCompliant)


@pytest.mark.parametrize(
    ("properties", "others"),
    [
        ({"EventSourceArn": "arn:aws:sqs:us-east-1:123456789012:elsewhere"}, {}),
        (
            {"EventSourceArn": {"Fn::GetAtt": ["Table", "StreamArn"]}},
            {"Table": {"Type": "AWS::DynamoDB::Table", "Properties": {}}},
        ),
    ],
)
def test_streams_and_foreign_queues_are_not_asked(
    ask: Callable[..., Answer], properties: dict[str, Any], others: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, properties, others=others), NotApplicable)


@pytest.mark.parametrize(
    ("properties", "redrive"),
    [({"EventSourceArn": {"Ref": "Given"}}, None), (MAPPING, {"Ref": "Given"})],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any], redrive: object) -> None:
    assert isinstance(ask(RULE, properties, others=queue(redrive)), Unknown)
