"""Function permission names its caller."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-FunctionPermissionNamesItsCaller"


@pytest.mark.parametrize(
    "case",
    [
        {"properties": {"Principal": "s3.amazonaws.com", "SourceAccount": {"Ref": "AWS::AccountId"}}},
        {"properties": {"Principal": "bedrock.amazonaws.com", "SourceArn": {"Ref": "Given"}}},
        {
            "properties": {"Principal": {"Fn::GetAtt": ["Role", "Arn"]}},
            "others": {"Role": {"Type": "AWS::IAM::Role"}},
        },
        {"properties": {"Principal": "111122223333"}},
        {"properties": {"Principal": "alexa-appkit.amazon.com", "EventSourceToken": "amzn1.ask.skill.x"}},
    ],
)
def test_what_is_sound_is_left_alone(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Compliant)


@pytest.mark.parametrize(
    "case",
    [
        {"properties": {"Principal": "*"}},
        {"properties": {"Principal": "bedrock.amazonaws.com"}},
        {"properties": {"Principal": "apigateway.amazonaws.com", "Action": "lambda:InvokeFunction"}},
    ],
)
def test_what_breaks_the_promise_is_found(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NonCompliant)


@pytest.mark.parametrize(
    "case",
    [
        {"properties": {"Principal": {"Ref": "Given"}}},
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Unknown)


@pytest.mark.parametrize(
    "case",
    [
        {"properties": {"Principal": "*", "FunctionUrlAuthType": "AWS_IAM"}},
    ],
)
def test_what_it_does_not_concern_is_not_asked(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NotApplicable)
