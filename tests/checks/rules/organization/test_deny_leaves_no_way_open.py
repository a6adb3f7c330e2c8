"""One of many ways that stays open is found; a Deny that is about something else is left alone."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-DenyLeavesNoWayOpen"


def policy(*actions: object, **fields: object) -> dict[str, Any]:
    statement = {"Effect": "Deny", "Action": list(actions), "Resource": "*", **fields}
    return {"PolicyDocument": {"Statement": [statement]}}


NAMES = ("DeleteTrail", "PutEventSelectors", "StopLogging", "UpdateTrail")
TRAIL = tuple(f"cloudtrail:{name}" for name in NAMES)


@pytest.mark.parametrize(
    "properties",
    [
        policy(*TRAIL),
        policy("cloudtrail:*"),
        policy("bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream"),
        policy("bedrock:InvokeModel*", Condition={"Ref": "Given"}),
        {"PolicyDocument": {"Statement": [{"Effect": "Deny", "NotAction": ["s3:*"], "Resource": "*"}]}},
    ],
)
def test_a_deny_of_every_way_is_compliant(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties, resource_type="AWS::IAM::ManagedPolicy"), Compliant)


@pytest.mark.parametrize("missing", TRAIL)
def test_one_way_that_stays_open_is_found(ask: Callable[..., Answer], missing: str) -> None:
    properties = policy(*(each for each in TRAIL if each != missing))
    answer = ask(RULE, properties, resource_type="AWS::IAM::Policy")
    assert isinstance(answer, NonCompliant)
    assert missing in answer.message


def test_the_stream_is_the_neighbour_of_the_call(ask: Callable[..., Answer]) -> None:
    content = policy("bedrock:InvokeModel")["PolicyDocument"]
    answer = ask(RULE, {"Content": content}, resource_type="AWS::Organizations::Policy")
    assert isinstance(answer, NonCompliant)
    assert "bedrock:InvokeModelWithResponseStream" in answer.message


def test_a_token_is_unknown(ask: Callable[..., Answer]) -> None:
    properties = policy(*TRAIL[1:], {"Ref": "Given"})
    assert isinstance(ask(RULE, properties, resource_type="AWS::IAM::Policy"), Unknown)


@pytest.mark.parametrize(
    "properties",
    [policy("cloudtrail:StopLogging"), policy("s3:GetObject"), policy(*TRAIL[1:], Effect="Allow")],
)
def test_another_end_is_not_asked(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties, resource_type="AWS::IAM::Policy"), NotApplicable)


def test_less_than_half_of_the_ways_is_about_something_else(ask: Callable[..., Answer]) -> None:
    answer = ask(RULE, policy("cloudtrail:StopLogging"), resource_type="AWS::IAM::Policy")
    assert isinstance(answer, NotApplicable)


def test_another_statement_does_not_deny_the_stream_for_this_one(ask: Callable[..., Answer]) -> None:
    both = policy("bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream")
    both["PolicyDocument"]["Statement"] += policy("bedrock:InvokeModel")["PolicyDocument"]["Statement"]
    assert isinstance(ask(RULE, both, resource_type="AWS::IAM::Policy"), NonCompliant)


TAGS = ("DeleteObjectTagging", "DeleteObjectVersionTagging", "PutObjectTagging", "PutObjectVersionTagging")


def test_a_bucket_that_denies_all_to_strangers_may_leave_a_way_open_to_others(
    ask: Callable[..., Answer],
) -> None:
    strangers = {"StringNotEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}
    properties = policy("s3:*", Principal="*", Condition=strangers)
    tags = policy(*(f"s3:{name}" for name in TAGS[1:]), Principal="*")
    properties["PolicyDocument"]["Statement"] += tags["PolicyDocument"]["Statement"]
    answer = ask(RULE, properties, resource_type="AWS::S3::BucketPolicy")
    assert isinstance(answer, NonCompliant)
    assert TAGS[0] in answer.message


def test_what_aws_documents_for_scanned_buckets_is_left_alone(ask: Callable[..., Answer]) -> None:
    properties = policy("s3:PutObjectTagging", "s3:PutObjectVersionTagging", Principal="*")
    assert isinstance(ask(RULE, properties, resource_type="AWS::S3::BucketPolicy"), NotApplicable)


@pytest.mark.parametrize(
    "properties",
    [
        policy("lambda:UpdateFunctionConfiguration"),
        policy("iam:CreateServiceSpecificCredential"),
        policy(*TRAIL[1:], Condition={"Null": {"aws:RequestTag/reason": "true"}}),
        policy(
            Action=None, NotAction=["cloudtrail:StopLogging"], Condition={"Bool": {"aws:ViaAWSService": True}}
        ),
    ],
)
def test_what_samples_of_aws_deny_for_reasons_of_their_own_is_left_alone(
    ask: Callable[..., Answer], properties: dict[str, Any]
) -> None:
    answer = ask(RULE, properties, resource_type="AWS::IAM::Policy")
    assert not isinstance(answer, NonCompliant | Unknown)


@pytest.mark.parametrize(
    "condition",
    [
        {"ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/deployer"}},
        {"ArnLike": {"lambda:SourceFunctionArn": "arn:aws:lambda:*:*:function:*"}},
    ],
)
def test_callers_that_are_left_out_change_nothing(
    ask: Callable[..., Answer], condition: dict[str, Any]
) -> None:
    properties = policy(*TRAIL[1:], Condition=condition)
    assert isinstance(ask(RULE, properties, resource_type="AWS::IAM::Policy"), NonCompliant)
