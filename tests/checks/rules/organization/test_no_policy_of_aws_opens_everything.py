"""No policy of aws opens everything."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-NoPolicyOfAwsOpensEverything"


@pytest.mark.parametrize(
    "case",
    [
        {
            "properties": {
                "ManagedPolicyArns": ["arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"]
            }
        },
        {
            "properties": {"ManagedPolicyArns": [{"Ref": "Own"}]},
            "others": {"Own": {"Type": "AWS::IAM::ManagedPolicy"}},
        },
        {
            "properties": {
                "ManagedPolicyArns": ["arn:aws:iam::aws:policy/AmazonBedrockReadOnly", {"Ref": "Given"}]
            }
        },
    ],
)
def test_what_is_sound_is_left_alone(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Compliant)


@pytest.mark.parametrize(
    "case",
    [
        {"properties": {"ManagedPolicyArns": ["arn:aws:iam::aws:policy/AdministratorAccess"]}},
        {"properties": {"ManagedPolicyArns": ["arn:aws:iam::aws:policy/AmazonBedrockFullAccess"]}},
        {
            "properties": {
                "ManagedPolicyArns": [
                    {
                        "Fn::Join": [
                            "",
                            ["arn:", {"Ref": "AWS::Partition"}, ":iam::aws:policy/AmazonS3FullAccess"],
                        ]
                    }
                ]
            }
        },
        {
            "properties": {
                "ManagedPolicyArns": [
                    {"Fn::Sub": "arn:${AWS::Partition}:iam::aws:policy/AWSLambda_FullAccess"}
                ]
            },
            "resource_type": "AWS::IAM::User",
        },
    ],
)
def test_what_breaks_the_promise_is_found(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NonCompliant)


@pytest.mark.parametrize(
    "case",
    [
        {"properties": {"ManagedPolicyArns": {"Ref": "Given"}}},
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Unknown)


@pytest.mark.parametrize(
    "case",
    [
        {"properties": {}},
    ],
)
def test_what_it_does_not_concern_is_not_asked(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NotApplicable)
