"""Who may invoke models has a boundary."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-ModelCallersHavePermissionsBoundary"
BOUNDARY = {"PermissionsBoundary": "arn:aws:iam::123456789012:policy/boundary"}
DOCUMENT = {
    "Statement": [
        {
            "Effect": "Allow",
            "Action": "bedrock:InvokeModel",
            "Resource": "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0",
        }
    ]
}
INLINE = {"Policies": [{"PolicyName": "invoke", "PolicyDocument": DOCUMENT}]}
ATTACHED = {"ManagedPolicyArns": [{"Ref": "Shared"}]}
OTHERS: dict[str, Any] = {
    "Shared": {"Type": "AWS::IAM::ManagedPolicy", "Properties": {"PolicyDocument": DOCUMENT}}
}
ATTACHING: dict[str, Any] = {
    "Policy": {
        "Type": "AWS::IAM::ManagedPolicy",
        "Properties": {"PolicyDocument": DOCUMENT, "Roles": [{"Ref": "Subject"}]},
    }
}
BY_AWS = {"ManagedPolicyArns": ["arn:aws:iam::aws:policy/AmazonBedrockFullAccess"]}


@pytest.mark.parametrize("permission", [INLINE, ATTACHED, BY_AWS])
def test_a_boundary_is_compliant(ask: Callable[..., Answer], permission: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, permission | BOUNDARY, others=OTHERS), Compliant)


@pytest.mark.parametrize("permission", [INLINE, ATTACHED, BY_AWS])
def test_a_caller_without_is_not(ask: Callable[..., Answer], permission: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, permission, others=OTHERS), NonCompliant)


def test_a_policy_that_attaches_itself_counts(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, {}, others=ATTACHING), NonCompliant)
    assert isinstance(ask(RULE, BOUNDARY, others=ATTACHING), Compliant)


@pytest.mark.parametrize(
    "properties", [{}, {"ManagedPolicyArns": ["arn:aws:iam::aws:policy/ReadOnlyAccess"]}]
)
def test_other_roles_are_not_asked(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), NotApplicable)


def test_a_policy_that_only_names_the_role_does_not_count(ask: Callable[..., Answer]) -> None:
    trusting: dict[str, Any] = {
        "Policy": {
            "Type": "AWS::IAM::ManagedPolicy",
            "Properties": {"PolicyDocument": DOCUMENT, "Description": {"Ref": "Subject"}},
        }
    }
    assert isinstance(ask(RULE, {}, others=trusting), NotApplicable)


def test_a_token_is_unknown(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, INLINE | {"PermissionsBoundary": {"Ref": "Given"}}), Unknown)
