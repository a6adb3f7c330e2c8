"""A Deny on resources of another service is found."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable

RULE = "OwaspLlm-DenyReachesWhatItDenies"
Ask = Callable[..., Answer]
BUCKET, TABLE = "arn:aws:s3:::papers", "arn:aws:dynamodb:eu-west-1:111122223333:table/t"


def deny(actions: object, resources: object) -> dict[str, Any]:
    return {"PolicyDocument": {"Statement": [{"Effect": "Deny", "Action": actions, "Resource": resources}]}}


@pytest.mark.parametrize(
    "properties",
    [
        deny("bedrock:UpdateGuardrail", BUCKET),
        deny(["s3:*", "kms:*"], BUCKET),
        deny(["EC2:CreateNetworkInterface"], [BUCKET, TABLE]),
        deny("sts:TagSession", "arn:aws:lambda:eu-west-1:111122223333:function:f"),
    ],
)
def test_resources_of_another_service_are_found(ask: Ask, properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties, resource_type="AWS::IAM::Policy"), NonCompliant)


@pytest.mark.parametrize(
    "properties",
    [
        deny("s3:*", [BUCKET, f"{BUCKET}/*"]),
        deny(["dynamodb:DeleteTable", "s3:DeleteBucket"], [BUCKET, TABLE]),
        deny("sts:AssumeRole", "arn:aws:iam::111122223333:role/r"),
        deny("wafv2:AssociateWebACL", "arn:aws:elasticloadbalancing:eu-west-1:1:loadbalancer/app/a/b"),
        deny("backup:DeleteRecoveryPoint", "arn:aws:ec2:eu-west-1::snapshot/*"),
        deny("tomorrow:Action", BUCKET),
        deny("*", BUCKET),
    ],
)
def test_resources_of_the_actions_are_compliant(ask: Ask, properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties, resource_type="AWS::IAM::Policy"), Compliant)


@pytest.mark.parametrize(
    "resources",
    ["*", "arn:aws:*:*:*:*", {"Ref": "Given"}, [BUCKET, {"Ref": "Given"}], None, {"Fn::Sub": "${Given}/*"}],
)
def test_what_is_not_spelt_out_is_not_asked(ask: Ask, resources: object) -> None:
    answer = ask(RULE, deny("kms:*", resources), resource_type="AWS::IAM::Policy")
    assert isinstance(answer, NotApplicable)
