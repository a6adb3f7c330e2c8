"""Service acts for this account."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-ServiceActsForThisAccount"


def trusting(service: str = "bedrock.amazonaws.com", **condition: object) -> dict[str, Any]:
    statement = {"Effect": "Allow", "Principal": {"Service": service}, "Condition": condition}
    return {"properties": {"AssumeRolePolicyDocument": {"Statement": [statement]}}}


@pytest.mark.parametrize(
    "case",
    [
        trusting(StringEquals={"aws:SourceAccount": {"Ref": "AWS::AccountId"}}),
        trusting(ArnLike={"AWS:SourceArn": {"Fn::Sub": "arn:aws:bedrock:*:${AWS::AccountId}:agent/*"}}),
    ],
)
def test_what_is_sound_is_left_alone(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Compliant)


@pytest.mark.parametrize(
    "case",
    [
        trusting(),
        trusting(StringEqualsIfExists={"aws:SourceAccount": "123456789012"}),
        trusting("bedrock-agentcore.amazonaws.com"),
        trusting(ArnLike={"aws:SourceArn": "*"}),
    ],
)
def test_what_breaks_the_promise_is_found(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NonCompliant)


@pytest.mark.parametrize(
    "case",
    [
        {
            "properties": {
                "AssumeRolePolicyDocument": {
                    "Statement": {
                        "Effect": "Allow",
                        "Principal": {"Service": "bedrock.amazonaws.com"},
                        "Condition": {"Ref": "Given"},
                    }
                }
            }
        },
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Unknown)


@pytest.mark.parametrize(
    "case",
    [
        trusting("lambda.amazonaws.com"),
        {"properties": {"AssumeRolePolicyDocument": {"Ref": "Given"}}},
    ],
)
def test_what_it_does_not_concern_is_not_asked(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NotApplicable)
