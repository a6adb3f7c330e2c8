"""A statement that lacks its siblings' condition is found."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable

RULE = "OwaspLlm-SiblingsDemandTheSame"


ENDPOINT = {"aws:SourceVpce": {"Ref": "Given"}}


def invoke(model: str, condition: object = None, **fields: object) -> dict[str, Any]:
    arn = f"arn:aws:bedrock:::{model}"
    statement = {"Effect": "Allow", "Action": ["bedrock:InvokeModel"], "Resource": arn}
    return {**statement, **({"Condition": condition} if condition else {}), **fields}


def policy(*statements: object) -> dict[str, Any]:
    return {"PolicyDocument": {"Statement": list(statements)}}


@pytest.mark.parametrize(
    "properties",
    [
        policy(invoke("a", {"StringEquals": ENDPOINT}), invoke("b", {"StringLike": ENDPOINT})),
        policy(invoke("a"), invoke("b")),
        policy(invoke("a", {"Bool": {"aws:SecureTransport": "true"}}), invoke("b")),
    ],
)
def test_siblings_that_demand_the_same_are_compliant(
    ask: Callable[..., Answer], properties: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, properties, resource_type="AWS::IAM::Policy"), Compliant)


@pytest.mark.parametrize(
    "other",
    [
        invoke("b"),
        invoke("b", {"StringEqualsIfExists": ENDPOINT}),
        invoke("b", {"StringLike": {"aws:SourceVpce": "*"}}),
    ],
)
def test_one_that_does_not_is_found(ask: Callable[..., Answer], other: dict[str, Any]) -> None:
    properties = policy(other, invoke("a", {"StringEquals": ENDPOINT}))
    answer = ask(RULE, properties, resource_type="AWS::IAM::Policy")
    assert isinstance(answer, NonCompliant)
    assert answer.property == "PolicyDocument.Statement.0.Condition"


@pytest.mark.parametrize(
    "condition",
    [
        {"Bool": {"aws:PrincipalIsAWSService": "true"}},
        {"StringEquals": {"aws:PrincipalTag/leaves-the-perimeter": "true"}},
    ],
)
def test_a_statement_for_other_callers_is_no_sibling(
    ask: Callable[..., Answer], condition: dict[str, Any]
) -> None:
    ours = {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}
    properties = policy(invoke("a", ours, Principal="*"), invoke("a", condition, Principal="*"))
    assert isinstance(ask(RULE, properties, resource_type="AWS::EC2::VPCEndpoint"), NotApplicable)


@pytest.mark.parametrize(
    "properties",
    [
        policy(invoke("a", {"StringEquals": ENDPOINT})),
        policy(invoke("a", {"StringEquals": ENDPOINT}), invoke("b", Action="bedrock:ApplyGuardrail")),
        policy(invoke("a", {"StringEquals": ENDPOINT}), {"Ref": "Given"}),
        policy(invoke("a", {"StringEquals": ENDPOINT}), invoke("b", Effect="Deny")),
    ],
)
def test_what_has_no_sibling_is_not_asked(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties, resource_type="AWS::IAM::Policy"), NotApplicable)


PROFILE = {"StringLike": {"bedrock:InferenceProfileArn": "arn:aws:bedrock:*:1:inference-profile/a"}}


def test_every_model_behind_a_profile_demands_it(ask: Callable[..., Answer]) -> None:
    properties = policy(invoke("foundation-model/a", PROFILE), invoke("foundation-model/b"))
    assert isinstance(ask(RULE, properties, resource_type="AWS::IAM::Policy"), NonCompliant)


def test_a_profile_itself_is_reached_by_none(ask: Callable[..., Answer]) -> None:
    properties = policy(invoke("foundation-model/a", PROFILE), invoke("inference-profile/a"))
    assert isinstance(ask(RULE, properties, resource_type="AWS::IAM::Policy"), Compliant)


def test_named_resources_of_aws_need_no_owner_beside_unnamed_ones(ask: Callable[..., Answer]) -> None:
    ours = {"StringEquals": {"aws:ResourceOrgID": "o-a1b2c3d4e5"}}
    properties = policy(invoke("a", ours, Resource="*"), invoke("b"))
    assert isinstance(ask(RULE, properties, resource_type="AWS::EC2::VPCEndpoint"), Compliant)


def test_a_role_reaches_one_accounts_resources_whatever_it_does(ask: Callable[..., Answer]) -> None:
    ours = {"StringEquals": {"aws:ResourceAccount": {"Ref": "AWS::AccountId"}}}
    read = invoke("m", ours, Action="s3:GetObject", Resource="arn:aws:s3:::passages/*")
    listing = invoke("m", Action="s3:ListBucket", Resource="arn:aws:s3:::passages")
    found = ask(RULE, policy(read, listing), resource_type="AWS::IAM::Policy")
    assert isinstance(found, NonCompliant)
    assert found.property == "PolicyDocument.Statement.1.Condition"
    queue = {**listing, "Action": "sqs:SendMessage"}
    assert not isinstance(ask(RULE, policy(read, queue), resource_type="AWS::IAM::Policy"), NonCompliant)
    answer = ask(RULE, policy(read, listing), resource_type="AWS::EC2::VPCEndpoint")
    assert not isinstance(answer, NonCompliant)
