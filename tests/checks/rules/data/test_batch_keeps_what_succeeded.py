"""The consumer that fails whole batches is found beside one that does not."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-BatchKeepsWhatSucceeded"
QUEUE: dict[str, Any] = {"Queue": {"Type": "AWS::SQS::Queue"}, "Stream": {"Type": "AWS::Kinesis::Stream"}}
FROM: dict[str, Any] = {"EventSourceArn": {"Fn::GetAtt": ["Queue", "Arn"]}, "BatchSize": 10}
SAYS: dict[str, Any] = {**FROM, "FunctionResponseTypes": ["ReportBatchItemFailures"]}
OTHERS = {**QUEUE, "Other": {"Type": "AWS::Lambda::EventSourceMapping", "Properties": SAYS}}


def test_one_that_says_what_failed_is_compliant(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, SAYS, others=OTHERS), Compliant)


def test_one_that_does_not_is_found(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, FROM, others=OTHERS), NonCompliant)


@pytest.mark.parametrize(
    ("properties", "others"),
    [
        (FROM, QUEUE),
        ({**FROM, "BatchSize": 1}, OTHERS),
        ({"EventSourceArn": {"Fn::GetAtt": ["Stream", "Arn"]}}, OTHERS),
        ({"EventSourceArn": "arn:aws:sqs:eu-west-1:111122223333:q"}, OTHERS),
    ],
    ids=["alone", "one message", "a stream", "from elsewhere"],
)
def test_others_are_left_alone(
    ask: Callable[..., Answer], properties: dict[str, Any], others: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, properties, others=others), NotApplicable)


def test_a_token_is_unknown(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, {**FROM, "FunctionResponseTypes": {"Ref": "Given"}}, others=OTHERS), Unknown)
