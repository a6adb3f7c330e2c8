"""A condition that a neighbour gives away is none."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable

RULE = "OwaspLlm-ConditionIsNotUndone"


INVOKE: dict[str, Any] = {
    "Effect": "Allow",
    "Action": "bedrock:InvokeModel",
    "Resource": "arn:aws:bedrock:::m",
}
GUARDED = {**INVOKE, "Condition": {"StringEquals": {"bedrock:GuardrailIdentifier": {"Ref": "Given"}}}}


def policy(*statements: object) -> dict[str, Any]:
    return {"PolicyDocument": {"Statement": list(statements)}}


@pytest.mark.parametrize(
    "statements",
    [
        [GUARDED],
        [GUARDED, {**INVOKE, "Action": "bedrock:ListFoundationModels"}],
        [GUARDED, {**INVOKE, "Resource": "arn:aws:bedrock:::other"}],
        [GUARDED, {**INVOKE, "Effect": "Deny"}],
        [{**GUARDED, "Action": "bedrock:*"}, INVOKE],
    ],
)
def test_a_condition_that_stands_alone_is_compliant(
    ask: Callable[..., Answer], statements: list[Any]
) -> None:
    assert isinstance(ask(RULE, policy(*statements), resource_type="AWS::IAM::Policy"), Compliant)


@pytest.mark.parametrize(
    "other",
    [
        INVOKE,
        {**INVOKE, "Action": ["s3:GetObject", "bedrock:Invoke*"], "Resource": "*"},
        {**INVOKE, "Condition": {}},
    ],
)
def test_a_neighbour_without_it_undoes_it(ask: Callable[..., Answer], other: dict[str, Any]) -> None:
    answer = ask(RULE, policy(GUARDED, other), resource_type="AWS::IAM::Policy")
    assert isinstance(answer, NonCompliant)
    assert answer.property == "PolicyDocument.Statement.1.Condition"


def test_the_callers_of_a_key_are_compared(ask: Callable[..., Answer]) -> None:
    root = {
        "Effect": "Allow",
        "Principal": {"AWS": "arn:aws:iam::1:root"},
        "Action": "kms:Decrypt",
        "Resource": "*",
    }
    bound = {**root, "Condition": {"StringLike": {"kms:ViaService": "s3.*.amazonaws.com"}}}
    service = {**bound, "Principal": {"Service": "events.amazonaws.com"}}
    assert isinstance(
        ask(RULE, {"KeyPolicy": {"Statement": [bound, root]}}, resource_type="AWS::KMS::Key"), NonCompliant
    )
    assert isinstance(
        ask(RULE, {"KeyPolicy": {"Statement": [service, root]}}, resource_type="AWS::KMS::Key"), Compliant
    )


@pytest.mark.parametrize(
    "properties", [policy(INVOKE), policy({"Ref": "Given"}), {"PolicyDocument": {"Ref": "Given"}}]
)
def test_what_has_no_condition_is_not_asked(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties, resource_type="AWS::IAM::Policy"), NotApplicable)


def test_a_role_may_use_a_key_for_more_than_one_service(ask: Callable[..., Answer]) -> None:
    use = {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": {"Ref": "Key"}}
    through = {**use, "Condition": {"StringLike": {"kms:ViaService": "s3.*.amazonaws.com"}}}
    answer = ask(RULE, policy(through, use), resource_type="AWS::IAM::Policy")
    assert isinstance(answer, NotApplicable)


def test_the_default_statement_of_a_key_hands_it_to_iam(ask: Callable[..., Answer]) -> None:
    """AWS writes it into each key, beside whatever else the policy says of the account."""
    root = {"AWS": {"Fn::Sub": "arn:aws:iam::${AWS::AccountId}:root"}}
    default = {"Effect": "Allow", "Principal": root, "Action": "kms:*", "Resource": "*"}
    alias = {"StringEquals": {"kms:ViaService": "cloudformation.eu-west-1.amazonaws.com"}}
    bound = {**default, "Action": "kms:CreateAlias", "Condition": alias}
    key = {"KeyPolicy": {"Statement": [default, bound]}}
    assert isinstance(ask(RULE, key, resource_type="AWS::KMS::Key"), Compliant)
