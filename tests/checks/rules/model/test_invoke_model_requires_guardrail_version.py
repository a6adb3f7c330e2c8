"""No permission to invoke a model without a numbered guardrail version, in any kind of identity policy."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-InvokeModelRequiresGuardrailVersion"
KEY = "bedrock:GuardrailIdentifier"
ARN = "arn:aws:bedrock:us-east-1:123456789012:guardrail/abc123"
OTHERS: dict[str, Any] = {
    "Guardrail": {"Type": "AWS::Bedrock::Guardrail", "Properties": {}},
    "Version": {"Type": "AWS::Bedrock::GuardrailVersion", "Properties": {}},
    "Bucket": {"Type": "AWS::S3::Bucket", "Properties": {}},
    "Profile": {"Type": "AWS::Bedrock::ApplicationInferenceProfile", "Properties": {}},
}
GUARDRAIL_ARN = {"Fn::GetAtt": ["Guardrail", "GuardrailArn"]}
VERSION = {"Fn::GetAtt": ["Version", "Version"]}
NUMBERED = {"Fn::Join": [":", [GUARDRAIL_ARN, VERSION]]}


def demand(value: object, operator: str = "StringEquals") -> dict[str, Any]:
    return {operator: {KEY: value}}


def statement(**change: object) -> dict[str, Any]:
    base = {"Effect": "Allow", "Action": "bedrock:InvokeModel", "Resource": "*"}
    return {"PolicyDocument": {"Statement": [{**base, **change}]}}


@pytest.mark.parametrize(
    "condition",
    [
        demand(f"{ARN}:1"),
        demand([f"{ARN}:1", f"{ARN}:12"]),
        demand(NUMBERED),
        demand({"Fn::Sub": "${Guardrail.GuardrailArn}:3"}),
        demand(f"{ARN}:1", "ArnEquals"),
        demand(f"{ARN}:1", "ForAnyValue:StringEquals"),
        {"StringEquals": {KEY.lower(): f"{ARN}:1", "aws:SourceVpce": "vpce-1"}},
    ],
)
def test_a_numbered_version_is_compliant(ask: Callable[..., Answer], condition: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, statement(Condition=condition), others=OTHERS), Compliant)


@pytest.mark.parametrize(
    "condition",
    [
        {},
        demand("*", "StringLike"),
        demand(ARN),
        demand(f"{ARN}:DRAFT"),
        demand(f"{ARN}:*", "StringLike"),
        demand(f"{ARN}:*", "ArnLike"),
        demand([f"{ARN}:1", "*"], "StringLike"),
        demand(GUARDRAIL_ARN),
        demand({"Fn::GetAtt": ["Version", "GuardrailArn"]}),
        demand({"Fn::Sub": "${Guardrail.GuardrailArn}:${Guardrail.Version}"}),
        demand({"Fn::Sub": "${Guardrail.GuardrailArn}:*"}, "StringLike"),
        demand(f"{ARN}:1", "StringEqualsIfExists"),
        demand(f"{ARN}:1", "StringNotEquals"),
        demand(f"{ARN}:1", "ForAllValues:StringEquals"),
        {"Null": {KEY: "false"}},
        {"StringEquals": {"aws:SourceVpce": "vpce-1"}},
    ],
)
def test_every_hole_in_the_condition_is_found(ask: Callable[..., Answer], condition: dict[str, Any]) -> None:
    answer = ask(RULE, statement(Condition=condition), others=OTHERS)
    assert isinstance(answer, NonCompliant)
    assert answer.property == "PolicyDocument.Statement.0.Condition"


@pytest.mark.parametrize(
    "change",
    [
        {"Action": "*"},
        {"Action": "bedrock:*"},
        {"Action": "BEDROCK:invoke*"},
        {"Action": ["s3:GetObject", "bedrock:InvokeModelWithResponseStream"]},
        {"Action": "bedrock:InvokeMode?"},
        {"Action": None, "NotAction": "iam:*"},
        {"Resource": "arn:aws:bedrock:*::foundation-model/*"},
        {
            "Resource": {
                "Fn::Sub": "arn:${AWS::Partition}:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0"
            }
        },
        {"Resource": "arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.amazon.nova-pro-v1:0"},
        {"Resource": {"Fn::GetAtt": ["Profile", "InferenceProfileArn"]}},
        {"Resource": ["arn:aws:s3:::bucket", "arn:aws:*"]},
        {"Resource": None, "NotResource": "arn:aws:bedrock:us-east-1::foundation-model/other"},
    ],
)
def test_every_way_to_write_the_permission_is_seen(
    ask: Callable[..., Answer], change: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, statement(**change), others=OTHERS), NonCompliant)


@pytest.mark.parametrize(
    "change",
    [
        {"Effect": "Deny"},
        {"Action": "bedrock:ApplyGuardrail"},
        {"Action": "bedrock:Get*"},
        {"Action": None, "NotAction": ["bedrock:*"]},
        {"Action": "*", "Resource": "arn:aws:s3:::bucket/*"},
        {"Action": "bedrock:*", "Resource": "arn:aws:bedrock:us-east-1:123456789012:knowledge-base/KB"},
        {"Action": "*", "Resource": {"Fn::GetAtt": ["Bucket", "Arn"]}},
        {"Action": "bedrock:*", "Resource": {"Fn::GetAtt": ["Guardrail", "GuardrailArn"]}},
    ],
)
def test_other_permissions_are_not_asked(ask: Callable[..., Answer], change: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, statement(**change), others=OTHERS), NotApplicable)


@pytest.mark.parametrize(
    "properties",
    [
        {"PolicyDocument": {"Ref": "Given"}},
        {"PolicyDocument": {"Statement": [{"Ref": "Given"}]}},
        statement(Action={"Ref": "Given"}),
        statement(Condition={"Ref": "Given"}),
        statement(Condition=demand({"Ref": "Given"})),
        statement(Condition=demand({"Fn::Sub": "${Guardrail.GuardrailArn}:${Given}"})),
        statement(Condition=demand({"Fn::If": ["IsProd", f"{ARN}:1", f"{ARN}:DRAFT"]})),
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties, others=OTHERS), Unknown)


def test_inline_policies_of_a_role_are_read(ask: Callable[..., Answer]) -> None:
    role = {"Policies": [{"PolicyName": "harmless"}, {"PolicyName": "invoke", **statement()}]}
    answer = ask(RULE, role, resource_type="AWS::IAM::Role")
    assert isinstance(answer, NonCompliant)
    assert answer.property == "Policies.1.PolicyDocument.Statement.0.Condition"


@pytest.mark.parametrize("name", ["AmazonBedrockFullAccess", "AdministratorAccess"])
def test_managed_policies_that_allow_everything_are_known(ask: Callable[..., Answer], name: str) -> None:
    arn = {"Fn::Join": ["", ["arn:", {"Ref": "AWS::Partition"}, f":iam::aws:policy/{name}"]]}
    answer = ask(RULE, {"ManagedPolicyArns": [arn]}, resource_type="AWS::IAM::Role")
    assert isinstance(answer, NonCompliant)


def test_a_managed_policy_given_at_deployment_is_judged_where_it_is_written(
    ask: Callable[..., Answer],
) -> None:
    role = {"ManagedPolicyArns": [{"Ref": "Given"}]}
    assert isinstance(ask(RULE, role, resource_type="AWS::IAM::Role"), NotApplicable)


def test_a_managed_policy_that_cannot_be_resolved_is_unknown(ask: Callable[..., Answer]) -> None:
    role = {"ManagedPolicyArns": [{"Fn::ImportValue": "elsewhere"}]}
    assert isinstance(ask(RULE, role, resource_type="AWS::IAM::Role"), Unknown)


def test_the_worst_statement_counts(ask: Callable[..., Answer]) -> None:
    good = statement(Condition=demand(f"{ARN}:1"))["PolicyDocument"]["Statement"]
    bad = statement()["PolicyDocument"]["Statement"]
    assert isinstance(ask(RULE, {"PolicyDocument": {"Statement": [*good, *bad]}}), NonCompliant)
