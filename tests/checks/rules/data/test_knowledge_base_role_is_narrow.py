"""The role of a knowledge base reaches what its policy names."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-KnowledgeBaseRoleIsNarrow"
BASE = {"RoleArn": {"Fn::GetAtt": ["Role", "Arn"]}}
TITAN = "arn:aws:bedrock:us-east-1::foundation-model/amazon.titan-embed-text-v2:0"


def role(*statements: object, inline: bool = False) -> dict[str, Any]:
    document = {"Statement": [*statements]}
    policies = {"Policies": [{"PolicyDocument": document}]} if inline else {}
    attached = {"PolicyDocument": document, "Roles": [{"Ref": "Role"}]}
    resources: dict[str, Any] = {"Role": {"Type": "AWS::IAM::Role", "Properties": policies}}
    return resources if inline else {**resources, "P": {"Type": "AWS::IAM::Policy", "Properties": attached}}


def allow(action: object, resource: object) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": action, "Resource": resource}


@pytest.mark.parametrize("way", ["inline", "attached"])
def test_named_buckets_models_and_secrets_are_compliant(ask: Callable[..., Answer], way: str) -> None:
    others = role(
        allow("bedrock:InvokeModel", TITAN),
        allow(["s3:GetObject", "s3:ListBucket"], ["arn:aws:s3:::documents", "arn:aws:s3:::documents/*"]),
        allow("secretsmanager:GetSecretValue", "arn:aws:secretsmanager:us-east-1:1:secret:pinecone-AbCdEf"),
        allow("rds-data:ExecuteStatement", "arn:aws:rds:us-east-1:123456789012:cluster:vectors"),
        allow("kendra:Retrieve", "*"),
        {"Effect": "Deny", "Action": "s3:*", "Resource": "*"},
        inline=way == "inline",
    )
    assert isinstance(ask(RULE, BASE, others=others), Compliant)


@pytest.mark.parametrize(
    ("action", "resource"),
    [
        ("s3:GetObject", "*"),
        ("s3:*", "arn:aws:s3:::*"),
        ("bedrock:InvokeModel", "*"),
        ("bedrock:*", "arn:aws:bedrock:*::foundation-model/*"),
        ("s3vectors:QueryVectors", "*"),
        ("secretsmanager:GetSecretValue", "arn:aws:secretsmanager:*:*:secret:*"),
    ],
)
@pytest.mark.parametrize("way", ["inline", "attached"])
def test_what_nobody_named_is_not(ask: Callable[..., Answer], action: str, resource: str, way: str) -> None:
    others = role(allow("bedrock:InvokeModel", TITAN), allow(action, resource), inline=way == "inline")
    assert isinstance(ask(RULE, BASE, others=others), NonCompliant)


def test_a_role_from_elsewhere_is_not_asked(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, {"RoleArn": "arn:aws:iam::123456789012:role/base"}), NotApplicable)


def test_a_role_that_the_deployment_gives_is_not_asked(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, {"RoleArn": {"Ref": "Given"}}), NotApplicable)


def test_a_token_is_unknown(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, BASE, others=role({"Ref": "Given"})), Unknown)
