"""An action that can name its resource does."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-AllowNamesItsResources"
BUS = "arn:aws:events:eu-west-1:111122223333:event-bus/orders"
LOG = "arn:aws:logs:eu-west-1:111122223333:log-group:chat:*"


def policy(**fields: object) -> dict[str, Any]:
    statement = {"Effect": "Allow", "Action": "events:PutEvents", "Resource": "*", **fields}
    return {"PolicyDocument": {"Version": "2012-10-17", "Statement": [statement]}}


def others(count: int, **fields: object) -> dict[str, Any]:
    return {f"P{n}": {"Type": "AWS::IAM::Policy", "Properties": policy(**fields)} for n in range(count)}


def asked(ask: Callable[..., Answer], /, beside: dict[str, Any] | None = None, **fields: object) -> Answer:
    return ask(RULE, policy(**fields), resource_type="AWS::IAM::Policy", others=beside)


@pytest.mark.parametrize(
    "fields",
    [
        {"Resource": BUS},
        {"Resource": {"Ref": "Given"}},
        {"Action": "sqs:*", "Resource": "arn:aws:sqs:*:*:jobs"},
    ],
)
def test_what_names_its_resource_is_compliant(ask: Callable[..., Answer], fields: dict[str, Any]) -> None:
    assert isinstance(asked(ask, **fields), Compliant | NotApplicable)


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"Resource": [BUS, "*"]},
        {"Action": ["xray:PutTraceSegments", "cognito-idp:AdminDisableUser"]},
        {"Action": "wafv2:UpdateIP*"},
        {"Action": "EVENTS:putevents"},
        {"Action": "bedrock:StartIngestionJob"},
        {"Action": "verifiedpermissions:IsAuthorized"},
        {"Condition": {"StringEqualsIfExists": {"aws:ResourceTag/app": "chat"}}},
    ],
)
def test_what_could_name_it_is_found(ask: Callable[..., Answer], fields: dict[str, Any]) -> None:
    answer = asked(ask, **fields)
    assert isinstance(answer, NonCompliant)
    assert answer.property == "PolicyDocument.Statement.0.Resource"


@pytest.mark.parametrize(
    "fields",
    [
        {"Action": ["xray:PutTraceSegments", "textract:DetectDocumentText", "ec2:DescribeSubnets"]},
        {"Action": ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"]},
        {"Action": ["ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface"]},
        {"Action": ["ecr:GetAuthorizationToken", "ecr:BatchGetImage", "ecs:Poll"]},
        {"Action": ["kms:DescribeKey", "s3:GetBucketLocation", "some:ThingOfTomorrow"]},
        {"Action": "sns:Publish"},
        {"Condition": {"StringEquals": {"aws:ResourceTag/app": "chat"}}},
        {
            "Action": "kms:Encrypt",
            "Condition": {"StringEquals": {"kms:ViaService": "s3.eu-west-1.amazonaws.com"}},
        },
        {"Effect": "Deny"},
    ],
)
def test_what_sound_templates_do_is_left_alone(ask: Callable[..., Answer], fields: dict[str, Any]) -> None:
    assert not isinstance(asked(ask, **fields), NonCompliant)


def test_a_text_to_a_telephone_has_no_topic_but_a_deployment_with_topics_names_them(
    ask: Callable[..., Answer],
) -> None:
    topic = {"Topic": {"Type": "AWS::SNS::Topic"}}
    assert isinstance(asked(ask, topic, Action="sns:Publish"), NonCompliant)


@pytest.mark.parametrize(
    "fields",
    [
        {"Action": ["logs:CreateLogStream", "logs:PutLogEvents"]},
        {
            "Action": "kms:Decrypt",
            "Condition": {"StringLike": {"kms:ViaService": "s3.*.amazonaws.com"}},
        },
    ],
)
def test_what_all_others_name_is_named(ask: Callable[..., Answer], fields: dict[str, Any]) -> None:
    named = others(3, **{**fields, "Resource": LOG})
    assert isinstance(asked(ask, named, **fields), NonCompliant)
    few = others(2, **{**fields, "Resource": LOG})
    assert not isinstance(asked(ask, few, **fields), NonCompliant)
    mixed = {**named, "Q": {"Type": "AWS::IAM::Policy", "Properties": policy(**fields)}}
    assert not isinstance(asked(ask, mixed, **fields), NonCompliant)


def test_a_document_that_is_given_is_unknown(ask: Callable[..., Answer]) -> None:
    answer = ask(RULE, {"PolicyDocument": {"Ref": "Given"}}, resource_type="AWS::IAM::Policy")
    assert isinstance(answer, Unknown)


def test_a_boundary_grants_nothing(ask: Callable[..., Answer]) -> None:
    properties = {**policy(), "Description": "The permissions boundary of all roles."}
    assert isinstance(ask(RULE, properties, resource_type="AWS::IAM::ManagedPolicy"), NotApplicable)
