"""An exemption names roles, and not everybody."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-ScpExemptsNamedRoles"
Ask = Callable[..., Answer]


def scp(*exempt: Any) -> dict[str, Any]:
    statement = {
        "Effect": "Deny",
        "Action": "kms:ScheduleKeyDeletion",
        "Resource": "*",
        "Condition": {"ArnNotLike": {"aws:PrincipalArn": list(exempt)}},
    }
    return {"Type": "SERVICE_CONTROL_POLICY", "Content": {"Statement": [statement]}}


@pytest.mark.parametrize(
    "properties",
    [
        scp("arn:aws:iam::*:role/BreakGlass"),
        scp("arn:*:iam::*:role/cdk-*-cfn-exec-role-*", "arn:aws:iam::*:role/aws-service-role/*"),
        scp({"Fn::Sub": "arn:${AWS::Partition}:iam::${AWS::AccountId}:role/Deploy"}),
    ],
)
def test_a_sound_one_is_compliant(ask: Ask, properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Compliant)


@pytest.mark.parametrize(
    ("properties", "where"),
    [
        (scp("*"), "Content.Statement.0.Condition"),
        (scp("arn:aws:iam::*:role/*"), "Content.Statement.0.Condition"),
        (scp("arn:aws:iam::*:root"), "Content.Statement.0.Condition"),
        (scp("arn:aws:iam::*:role/BreakGlass", "arn:aws:iam::*:user/*"), "Content.Statement.0.Condition"),
        (scp("arn:aws:iam::111122223333:*"), "Content.Statement.0.Condition"),
    ],
)
def test_a_weak_one_is_not(ask: Ask, properties: dict[str, Any], where: str) -> None:
    answer = ask(RULE, properties)
    assert isinstance(answer, NonCompliant)
    assert answer.property == where


@pytest.mark.parametrize(
    "properties",
    [
        scp({"Ref": "Given"}),
        {"Type": {"Ref": "Given"}},
        {"Type": "SERVICE_CONTROL_POLICY", "Content": {"Ref": "Given"}},
    ],
)
def test_a_token_is_unknown(ask: Ask, properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Unknown)


@pytest.mark.parametrize(
    "properties",
    [
        {
            "Type": "SERVICE_CONTROL_POLICY",
            "Content": {"Statement": [{"Effect": "Deny", "Action": "*", "Resource": "*"}]},
        },
        {"Type": "TAG_POLICY", "Content": {}},
    ],
)
def test_what_is_about_something_else_is_left_alone(ask: Ask, properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), NotApplicable)
