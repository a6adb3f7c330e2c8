"""A function that runs on when its API has given up is found."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-FunctionEndsBeforeItsCaller"


ARN = {"Fn::GetAtt": ["Subject", "Arn"]}


def method(**more: object) -> dict[str, Any]:
    uri = {
        "Fn::Sub": "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${Subject.Arn}/invocations"
    }
    integration = {"Type": "AWS_PROXY", "Uri": uri, **more}
    return {"Method": {"Type": "AWS::ApiGateway::Method", "Properties": {"Integration": integration}}}


@pytest.mark.parametrize("properties", [{}, {"Timeout": 60}, {"Timeout": "599"}])
def test_a_function_that_ends_is_compliant(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties, others=method()), Compliant)


def test_one_that_runs_on_is_found(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, {"Timeout": 900}, others=method()), NonCompliant)


@pytest.mark.parametrize(
    "others",
    [
        {},
        method(ResponseTransferMode="STREAM"),
        {**method(), "Url": {"Type": "AWS::Lambda::Url", "Properties": {"TargetFunctionArn": ARN}}},
        method(RequestParameters={"integration.request.header.X-Amz-Invocation-Type": "'Event'"}),
    ],
)
def test_one_that_streams_or_runs_by_itself_is_left_alone(
    ask: Callable[..., Answer], others: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, {"Timeout": 900}, others=others), NotApplicable)


def test_a_token_is_unknown(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, {"Timeout": {"Ref": "Given"}}, others=method()), Unknown)
