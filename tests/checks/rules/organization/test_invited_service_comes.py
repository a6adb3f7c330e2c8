"""A trail, rule, schedule or filter that went leaves a permission behind, and is missed."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable

RULE = "OwaspLlm-InvitedServiceComes"
ACCOUNT = {"Ref": "AWS::AccountId"}
ELSEWHERE: dict[str, Any] = {"Resources": {}}
BUCKET: dict[str, Any] = {"Logs": {"Type": "AWS::S3::Bucket"}}
FUNCTION: dict[str, Any] = {"F": {"Type": "AWS::Lambda::Function"}, "G": {"Type": "AWS::Logs::LogGroup"}}
MAY_CALL: dict[str, Any] = {
    "FunctionName": {"Fn::GetAtt": ["F", "Arn"]},
    "Principal": "logs.amazonaws.com",
    "SourceArn": {"Fn::GetAtt": ["G", "Arn"]},
}


def bucket_policy(service: str, condition: dict[str, Any] | None) -> dict[str, Any]:
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": service},
        "Action": "s3:PutObject",
        "Resource": "*",
    }
    body = {**statement, "Condition": condition} if condition else statement
    return {"Bucket": {"Ref": "Logs"}, "PolicyDocument": {"Statement": [body]}}


OURS = bucket_policy("cloudtrail.amazonaws.com", {"StringEquals": {"aws:SourceAccount": ACCOUNT}})


def test_a_trail_that_writes_is_compliant(ask: Callable[..., Answer]) -> None:
    trail = {"T": {"Type": "AWS::CloudTrail::Trail", "Properties": {"S3BucketName": {"Ref": "Logs"}}}}
    assert isinstance(ask(RULE, OURS, others={**BUCKET, **trail}), Compliant)


def test_a_trail_that_is_gone_is_missed(ask: Callable[..., Answer]) -> None:
    answer = ask(RULE, OURS, others=BUCKET)
    assert isinstance(answer, NonCompliant)
    assert "cloudtrail.amazonaws.com may use Logs" in answer.message


@pytest.mark.parametrize(
    "properties",
    [
        bucket_policy("cloudtrail.amazonaws.com", None),
        bucket_policy("cloudtrail.amazonaws.com", {"StringEquals": {"aws:SourceAccount": "111122223333"}}),
        bucket_policy("logging.s3.amazonaws.com", {"StringEquals": {"aws:SourceAccount": ACCOUNT}}),
        {"Bucket": "from-elsewhere", "PolicyDocument": OURS["PolicyDocument"]},
        {"Bucket": {"Ref": "Logs"}, "PolicyDocument": {"Ref": "Given"}},
    ],
    ids=["an archive for all", "another account", "a service not judged", "another bucket", "a token"],
)
def test_what_others_may_send_is_left_alone(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties, others=BUCKET), NotApplicable)


def test_a_filter_is_missed_for_its_own_log(ask: Callable[..., Answer]) -> None:
    kind = "AWS::Lambda::Permission"
    target = {"DestinationArn": {"Fn::GetAtt": ["F", "Arn"]}}
    here = {
        "S": {"Type": "AWS::Logs::SubscriptionFilter", "Properties": {**target, "LogGroupName": {"Ref": "G"}}}
    }
    other = {
        "S": {"Type": "AWS::Logs::SubscriptionFilter", "Properties": {**target, "LogGroupName": "other"}}
    }
    assert isinstance(ask(RULE, MAY_CALL, others=FUNCTION | here, resource_type=kind), Compliant)
    assert isinstance(ask(RULE, MAY_CALL, others=FUNCTION | other, resource_type=kind), NonCompliant)


@pytest.mark.parametrize(
    ("service", "user"),
    [
        ("backup.amazonaws.com", "AWS::Backup::BackupSelection"),
        ("scheduler.amazonaws.com", "AWS::Scheduler::Schedule"),
        ("vpc-flow-logs.amazonaws.com", "AWS::EC2::FlowLog"),
        ("config.amazonaws.com", "AWS::Config::ConfigurationRecorder"),
        ("malware-protection-plan.guardduty.amazonaws.com", "AWS::GuardDuty::MalwareProtectionPlan"),
    ],
)
def test_a_role_that_one_service_assumes_is_used(ask: Callable[..., Answer], service: str, user: str) -> None:
    trust = {
        "Statement": [{"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}]
    }
    used = {"U": {"Type": user, "Properties": {"RoleArn": {"Fn::GetAtt": ["Subject", "Arn"]}}}}
    asked: dict[str, Any] = {"resource_type": "AWS::IAM::Role", "elsewhere": ELSEWHERE}
    role: dict[str, Any] = {"AssumeRolePolicyDocument": trust}
    assert isinstance(ask(RULE, role, others=used, **asked), Compliant)
    assert isinstance(ask(RULE, role, **asked), NonCompliant)
    assert isinstance(ask(RULE, {**role, "RoleName": "shared"}, **asked), NotApplicable)


def test_a_subscription_that_is_gone_is_missed(ask: Callable[..., Answer]) -> None:
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": "sns.amazonaws.com"},
        "Action": "sqs:SendMessage",
        "Resource": "*",
        "Condition": {"ArnEquals": {"aws:SourceArn": {"Ref": "Topic"}}},
    }
    policy = {"Queues": [{"Ref": "Queue"}], "PolicyDocument": {"Statement": [statement]}}
    both: dict[str, Any] = {"Topic": {"Type": "AWS::SNS::Topic"}, "Queue": {"Type": "AWS::SQS::Queue"}}
    heard = {"TopicArn": {"Ref": "Topic"}, "Protocol": "sqs", "Endpoint": {"Fn::GetAtt": ["Queue", "Arn"]}}
    subscribed = {**both, "S": {"Type": "AWS::SNS::Subscription", "Properties": heard}}
    assert isinstance(ask(RULE, policy, others=subscribed, resource_type="AWS::SQS::QueuePolicy"), Compliant)
    assert isinstance(ask(RULE, policy, others=both, resource_type="AWS::SQS::QueuePolicy"), NonCompliant)


def test_a_role_that_code_hands_on_is_used(ask: Callable[..., Answer]) -> None:
    """Functions make schedules at run time, and hand them the role."""
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": "scheduler.amazonaws.com"},
        "Action": "sts:AssumeRole",
    }
    role = {"AssumeRolePolicyDocument": {"Statement": [statement]}}
    told = {"Variables": {"ROLE_ARN": {"Fn::GetAtt": ["Subject", "Arn"]}}}
    function = {"F": {"Type": "AWS::Lambda::Function", "Properties": {"Environment": told}}}
    asked: dict[str, Any] = {"resource_type": "AWS::IAM::Role", "elsewhere": ELSEWHERE}
    assert isinstance(ask(RULE, role, others=function, **asked), Compliant)


def test_a_queue_for_the_failures_of_functions_is_used(ask: Callable[..., Answer]) -> None:
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": "events.amazonaws.com"},
        "Action": "sqs:SendMessage",
        "Resource": "*",
        "Condition": {"ArnEquals": {"aws:SourceArn": {"Fn::GetAtt": ["F", "Arn"]}}},
    }
    policy = {"Queues": [{"Ref": "Queue"}], "PolicyDocument": {"Statement": [statement]}}
    letters = {"DeadLetterConfig": {"TargetArn": {"Fn::GetAtt": ["Queue", "Arn"]}}}
    function: dict[str, Any] = {"Type": "AWS::Lambda::Function", "Properties": letters}
    others = {"Queue": {"Type": "AWS::SQS::Queue"}, "F": function}
    assert isinstance(ask(RULE, policy, others=others, resource_type="AWS::SQS::QueuePolicy"), Compliant)
