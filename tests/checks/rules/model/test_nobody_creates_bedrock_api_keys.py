"""No policy allows keys for Bedrock."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-NobodyCreatesBedrockApiKeys"
MODEL = "*"
KEY = "iam:ServiceSpecificCredentialServiceName"
CREATE = "iam:CreateServiceSpecificCredential"


def statement(**change: object) -> dict[str, Any]:
    base = {"Effect": "Allow", "Action": "bedrock:InvokeModel", "Resource": MODEL}
    return {"PolicyDocument": {"Statement": [{**base, **change}]}}


@pytest.mark.parametrize(
    "properties",
    [
        statement(Action=CREATE, Condition={"StringEquals": {KEY: "codecommit.amazonaws.com"}}),
    ],
)
def test_credentials_of_another_service_are_compliant(
    ask: Callable[..., Answer], properties: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, properties), Compliant)


@pytest.mark.parametrize(
    "properties",
    [
        statement(Action=CREATE),
        statement(Action="iam:*"),
        statement(Action="*"),
        statement(Action="bedrock:CallWithBearerToken"),
        statement(Action="bedrock:*"),
        statement(Action=CREATE, Condition={"StringEquals": {KEY: "bedrock.amazonaws.com"}}),
        statement(Action=CREATE, Condition={"StringLike": {KEY: "*"}}),
        statement(Action=CREATE, Condition={"StringEqualsIfExists": {KEY: "codecommit.amazonaws.com"}}),
    ],
)
def test_a_way_to_a_key_is_not(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), NonCompliant)


@pytest.mark.parametrize(
    "properties",
    [
        statement(),
        statement(Effect="Deny", Action=CREATE),
        statement(Action="iam:GetRole"),
        statement(Action=None, NotAction=["iam:*", "bedrock:*"]),
    ],
)
def test_other_permissions_are_not_asked(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), NotApplicable)


@pytest.mark.parametrize(
    "properties",
    [
        {"PolicyDocument": {"Ref": "Given"}},
        statement(Action={"Ref": "Given"}),
        statement(Action=CREATE, Condition={"Ref": "Given"}),
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Unknown)
