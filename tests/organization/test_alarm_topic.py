from collections.abc import Callable

import aws_cdk as cdk
import pytest
from aws_cdk import aws_kms as kms
from aws_cdk.assertions import Template

from genai_defense.organization import AlarmTopic

Synth = Callable[[], Template]


def test_messages_are_encrypted_and_take_tls_only(stack: cdk.Stack, template: Synth) -> None:
    AlarmTopic(stack, "Alarms", encryption_key=kms.Key(stack, "Key"))
    built = template()
    (topic,) = built.find_resources("AWS::SNS::Topic").values()
    assert "KmsMasterKeyId" in topic["Properties"]
    assert "TopicName" not in topic["Properties"]
    (policy,) = built.find_resources("AWS::SNS::TopicPolicy").values()
    denied = [s for s in policy["Properties"]["PolicyDocument"]["Statement"] if s["Effect"] == "Deny"]
    assert [s["Condition"] for s in denied] == [{"Bool": {"aws:SecureTransport": "false"}}]


def test_alarms_of_this_account_may_publish_and_nobody_else(stack: cdk.Stack, template: Synth) -> None:
    AlarmTopic(stack, "Alarms", encryption_key=kms.Key(stack, "Key"))
    (policy,) = template().find_resources("AWS::SNS::TopicPolicy").values()
    (allowed,) = (s for s in policy["Properties"]["PolicyDocument"]["Statement"] if s["Effect"] == "Allow")
    assert allowed["Principal"] == {"Service": "cloudwatch.amazonaws.com"}
    assert allowed["Action"] == "sns:Publish"
    assert allowed["Condition"]["StringEquals"] == {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}
    assert ":alarm:*" in str(allowed["Condition"]["ArnLike"]["aws:SourceArn"])


def test_alarms_may_use_the_key_or_nobody_would_hear_them(stack: cdk.Stack, template: Synth) -> None:
    AlarmTopic(stack, "Alarms", encryption_key=kms.Key(stack, "Key"))
    (key,) = template().find_resources("AWS::KMS::Key").values()
    (allowed,) = (
        s for s in key["Properties"]["KeyPolicy"]["Statement"] if s.get("Sid") == "AllowAlarmsToEncrypt"
    )
    assert allowed["Principal"] == {"Service": "cloudwatch.amazonaws.com"}
    assert allowed["Action"] == ["kms:Decrypt", "kms:GenerateDataKey"]
    assert allowed["Condition"]["StringEquals"] == {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}


def test_a_key_of_another_stack_makes_no_circle() -> None:
    app = cdk.App()
    key = kms.Key(cdk.Stack(app, "Keys"), "Key")
    alarms = cdk.Stack(app, "Alarms")
    AlarmTopic(alarms, "Alarms", encryption_key=key)
    Template.from_stack(alarms).resource_count_is("AWS::SNS::Topic", 1)


def test_an_address_is_subscribed_when_given(stack: cdk.Stack, template: Synth) -> None:
    AlarmTopic(stack, "Alarms", encryption_key=kms.Key(stack, "Key"), email="security@example.com")
    template().has_resource_properties(
        "AWS::SNS::Subscription", {"Protocol": "email", "Endpoint": "security@example.com"}
    )


def test_nobody_is_subscribed_by_default(stack: cdk.Stack, template: Synth) -> None:
    AlarmTopic(stack, "Alarms", encryption_key=kms.Key(stack, "Key"))
    template().resource_count_is("AWS::SNS::Subscription", 0)


@pytest.mark.parametrize("email", ["", "security", "a@b@c", "@example.com", "a b@example.com"])
def test_what_is_no_address_is_refused(stack: cdk.Stack, email: str) -> None:
    with pytest.raises(ValueError, match=r"is not an address\. Give one such as security@example\.com"):
        AlarmTopic(stack, "Alarms", encryption_key=kms.Key(stack, "Key"), email=email)
