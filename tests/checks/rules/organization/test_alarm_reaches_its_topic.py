"""A key that does not let the caller of a topic in swallows its messages."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-AlarmReachesItsTopic"


ALARM = {"Alarm": {"Type": "AWS::CloudWatch::Alarm", "Properties": {"AlarmActions": [{"Ref": "Subject"}]}}}
OWN = {"KmsMasterKeyId": {"Fn::GetAtt": ["Key", "Arn"]}}


def letting_in(*services: object, **fields: object) -> dict[str, Any]:
    root = {
        "Effect": "Allow",
        "Principal": {"AWS": "arn:aws:iam::1:root"},
        "Action": "kms:*",
        "Resource": "*",
    }
    actions = ["kms:Decrypt", "kms:GenerateDataKey*"]
    use = {
        "Effect": "Allow",
        "Principal": {"Service": list(services)},
        "Action": actions,
        "Resource": "*",
        **fields,
    }
    return {
        **ALARM,
        "Key": {"Type": "AWS::KMS::Key", "Properties": {"KeyPolicy": {"Statement": [root, use]}}},
    }


def test_a_key_that_lets_alarms_in_is_compliant(ask: Callable[..., Answer]) -> None:
    others = letting_in("cloudwatch.amazonaws.com")
    assert isinstance(ask(RULE, OWN, others=others), Compliant)
    alias = {"Alias": {"Type": "AWS::KMS::Alias", "Properties": {"TargetKeyId": {"Ref": "Key"}}}}
    assert isinstance(ask(RULE, {"KmsMasterKeyId": {"Ref": "Alias"}}, others=others | alias), Compliant)


@pytest.mark.parametrize(
    "others",
    [
        letting_in("events.amazonaws.com"),
        letting_in("cloudwatch.amazonaws.com", Action="kms:Decrypt"),
        letting_in("cloudwatch.amazonaws.com", Effect="Deny"),
    ],
)
def test_one_that_does_not_is_found(ask: Callable[..., Answer], others: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, OWN, others=others), NonCompliant)


def test_the_key_of_aws_lets_no_service_in(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, {"KmsMasterKeyId": "alias/aws/sns"}, others=ALARM), NonCompliant)


def test_a_policy_that_cannot_be_read_is_unknown(ask: Callable[..., Answer]) -> None:
    key = {"Key": {"Type": "AWS::KMS::Key", "Properties": {"KeyPolicy": {"Ref": "Given"}}}}
    assert isinstance(ask(RULE, OWN, others=ALARM | key), Unknown)


@pytest.mark.parametrize(
    ("properties", "others"),
    [(OWN, {}), ({}, ALARM), ({"KmsMasterKeyId": {"Ref": "Given"}}, ALARM)],
)
def test_other_topics_are_left_alone(
    ask: Callable[..., Answer], properties: dict[str, Any], others: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, properties, others=others), NotApplicable)
