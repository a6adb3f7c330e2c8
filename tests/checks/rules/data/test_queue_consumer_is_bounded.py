"""A flood cannot take the account's functions."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-QueueConsumerIsBounded"
QUEUE: dict[str, Any] = {"Queue": {"Type": "AWS::SQS::Queue", "Properties": {}}}


def mapping(**changes: object) -> dict[str, Any]:
    source = {"Fn::GetAtt": ["Queue", "Arn"]}
    return {"EventSourceArn": source, "FunctionName": {"Ref": "Function"}, **changes}


def function(**properties: object) -> dict[str, Any]:
    return {**QUEUE, "Function": {"Type": "AWS::Lambda::Function", "Properties": properties}}


@pytest.mark.parametrize(
    ("properties", "others"),
    [
        (mapping(ScalingConfig={"MaximumConcurrency": 5}), function()),
        (mapping(), function(ReservedConcurrentExecutions=10)),
    ],
)
def test_either_bound_is_compliant(
    ask: Callable[..., Answer], properties: dict[str, Any], others: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, properties, others=others), Compliant)


def test_neither_is_not(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, mapping(), others=function()), NonCompliant)


@pytest.mark.parametrize(
    "properties", [mapping(EventSourceArn="arn:aws:kinesis:x"), mapping(FunctionName="elsewhere")]
)
def test_streams_and_functions_from_elsewhere_are_not_asked(
    ask: Callable[..., Answer], properties: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, properties, others=function()), NotApplicable)


@pytest.mark.parametrize(
    ("properties", "others"),
    [
        (mapping(EventSourceArn={"Ref": "Given"}), function()),
        (mapping(FunctionName={"Ref": "Given"}), function()),
        (mapping(ScalingConfig={"MaximumConcurrency": {"Ref": "Given"}}), function()),
        (mapping(), function(ReservedConcurrentExecutions={"Ref": "Given"})),
    ],
)
def test_a_token_is_unknown(
    ask: Callable[..., Answer], properties: dict[str, Any], others: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, properties, others=others), Unknown)
