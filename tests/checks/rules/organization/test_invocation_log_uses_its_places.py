"""A bucket and a log group that Bedrock may write to are named by the setting of its log."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable

RULE = "OwaspLlm-InvocationLogUsesItsPlaces"
_BUCKET_POLICY, _ROLE = "AWS::S3::BucketPolicy", "AWS::IAM::Role"
_PLACES: dict[str, Any] = {
    "Bucket": {"Type": "AWS::S3::Bucket", "Properties": {}},
    "Group": {"Type": "AWS::Logs::LogGroup", "Properties": {}},
}


def _setting(**properties: object) -> dict[str, Any]:
    return _PLACES | {"Setting": {"Type": "Custom::ModelInvocationLogging", "Properties": properties}}


def _policy(service: str = "bedrock.amazonaws.com", action: str = "s3:PutObject") -> dict[str, Any]:
    statement = {"Effect": "Allow", "Principal": {"Service": service}, "Action": action, "Resource": "*"}
    return {"Bucket": {"Ref": "Bucket"}, "PolicyDocument": {"Statement": [statement]}}


def _role(*more: object, service: str = "bedrock.amazonaws.com") -> dict[str, Any]:
    trust = {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}
    write = {"Effect": "Allow", "Action": "logs:PutLogEvents", "Resource": {"Fn::GetAtt": ["Group", "Arn"]}}
    return {
        "AssumeRolePolicyDocument": {"Statement": [trust]},
        "Policies": [{"PolicyName": "p", "PolicyDocument": {"Statement": [write, *more]}}],
    }


@pytest.mark.parametrize(("kind", "properties"), [(_BUCKET_POLICY, _policy()), (_ROLE, _role())])
@pytest.mark.parametrize("others", [_PLACES, _setting(Mode="create")])
def test_a_place_that_no_setting_names_is_found(
    ask: Callable[..., Answer], kind: str, properties: dict[str, Any], others: dict[str, Any]
) -> None:
    answer = ask(RULE, properties, resource_type=kind, others=others)
    assert isinstance(answer, NonCompliant)


@pytest.mark.parametrize(("kind", "properties"), [(_BUCKET_POLICY, _policy()), (_ROLE, _role())])
def test_a_place_that_a_setting_names_is_used(
    ask: Callable[..., Answer], kind: str, properties: dict[str, Any]
) -> None:
    others = _setting(BucketName={"Ref": "Bucket"}, LogGroupName={"Ref": "Group"})
    assert isinstance(ask(RULE, properties, resource_type=kind, others=others), Compliant)


@pytest.mark.parametrize(
    ("kind", "properties"),
    [
        (_BUCKET_POLICY, _policy("delivery.logs.amazonaws.com")),
        (_BUCKET_POLICY, _policy(action="s3:GetObject")),
        (_BUCKET_POLICY, _policy() | {"Bucket": "elsewhere"}),
        (_BUCKET_POLICY, {"Bucket": {"Ref": "Bucket"}, "PolicyDocument": {"Ref": "Given"}}),
        (_ROLE, _role(service="lambda.amazonaws.com")),
        (_ROLE, _role({"Effect": "Allow", "Action": "bedrock:InvokeModel", "Resource": "*"})),
        (_ROLE, {"AssumeRolePolicyDocument": {"Ref": "Given"}}),
    ],
)
def test_other_policies_and_roles_are_not_asked(
    ask: Callable[..., Answer], kind: str, properties: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, properties, resource_type=kind, others=_PLACES), NotApplicable)
