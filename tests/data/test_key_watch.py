"""Whoever ends a key is noticed; what everybody does with keys is not reported."""

import json
from collections.abc import Callable
from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_kms as kms
from aws_cdk.assertions import Match, Template

from genai_defense.data import KeyWatch
from genai_defense.local.clients import emulator_module
from genai_defense.organization import AlarmTopic

Synth = Callable[[], Template]


def _watch(stack: cdk.Stack, key: kms.Key, *keys: kms.IKey) -> None:
    topic = AlarmTopic(stack, "Alarms", encryption_key=key)
    KeyWatch(stack, "KeyWatch", alarm_topic=topic.topic, encryption_key=key, keys=keys)


def _rule(template: Template) -> dict[str, Any]:
    (rule,) = template.find_resources("AWS::Events::Rule").values()
    properties: dict[str, Any] = rule["Properties"]
    return properties


def _call(name: str) -> dict[str, Any]:
    """What CloudTrail hands to EventBridge."""
    return {
        "id": "1",
        "account": "111111111111",
        "time": "2026-11-24T10:00:00Z",
        "region": "eu-west-1",
        "resources": [],
        "source": "aws.kms",
        "detail-type": "AWS API Call via CloudTrail",
        "detail": {
            "eventSource": "kms.amazonaws.com",
            "eventName": name,
            "requestParameters": {"keyId": "arn:aws:kms:eu-west-1:111111111111:key/0"},
            "resources": [{"ARN": "arn:aws:kms:eu-west-1:111111111111:key/0"}],
        },
    }


def _noticed(pattern: object, name: str) -> bool:
    asked = {"EventPattern": json.dumps(pattern), "Event": json.dumps(_call(name))}
    answer = emulator_module("services.eventbridge")._test_event_pattern(asked)  # noqa: SLF001 - TestEventPattern itself
    found: bool = json.loads(answer[2])["Result"]
    return found


def test_what_ends_or_opens_a_key_is_noticed(stack: cdk.Stack, template: Synth, log_key: kms.Key) -> None:
    _watch(stack, log_key)
    pattern = _rule(template())["EventPattern"]
    for name in ("DisableKey", "ScheduleKeyDeletion", "DisableKeyRotation", "PutKeyPolicy"):
        assert _noticed(pattern, name), name
    for name in ("Decrypt", "CancelKeyDeletion", "CreateGrant"):
        assert not _noticed(pattern, name), name


def test_the_rule_may_publish_and_encrypt(stack: cdk.Stack, template: Synth, log_key: kms.Key) -> None:
    _watch(stack, log_key)
    synthesized = template()
    rules = {
        "Principal": {"Service": "events.amazonaws.com"},
        "Condition": Match.object_like({"ArnLike": {}}),
    }
    for kind, document in (("AWS::SNS::TopicPolicy", "PolicyDocument"), ("AWS::KMS::Key", "KeyPolicy")):
        statements = {document: {"Statement": Match.array_with([Match.object_like(rules)])}}
        synthesized.has_resource_properties(kind, statements)


def test_the_keys_can_be_named(stack: cdk.Stack, template: Synth, log_key: kms.Key) -> None:
    _watch(stack, log_key, log_key)
    named = _rule(template())["EventPattern"]["detail"]["resources"]
    assert named == {"ARN": [stack.resolve(log_key.key_arn)]}
