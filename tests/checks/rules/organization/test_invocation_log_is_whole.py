"""Texts and images are delivered, and a bucket takes the large ones."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable

RULE = "OwaspLlm-InvocationLogIsWhole"
_OWN = "Custom::ModelInvocationLogging"
_GROUP = {"logGroupName": "g", "roleArn": "arn:r"}
_LARGE = {"largeDataDeliveryS3Config": {"bucketName": "b"}}


def _call(config: object, action: str = "putModelInvocationLoggingConfiguration") -> dict[str, Any]:
    return {"Create": json.dumps({"action": action, "parameters": {"loggingConfig": config}})}


@pytest.mark.parametrize(
    ("properties", "kind", "message"),
    [
        (
            _call({"s3Config": {}, "textDataDeliveryEnabled": False}),
            "Custom::AWS",
            "textDataDeliveryEnabled is off",
        ),
        (
            _call({"s3Config": {}, "imageDataDeliveryEnabled": "false"}),
            "Custom::AWS",
            "imageDataDeliveryEnabled is off",
        ),
        (
            _call({"cloudWatchConfig": _GROUP}),
            "Custom::AWS",
            "no bucket takes what is too large for a log group",
        ),
        ({"LogGroupName": "g"}, _OWN, "no bucket takes what is too large for a log group"),
        ({"BucketName": "b", "TextDataDeliveryEnabled": "false"}, _OWN, "textDataDeliveryEnabled is off"),
    ],
)
def test_what_is_left_out_is_found(
    ask: Callable[..., Answer], properties: dict[str, Any], kind: str, message: str
) -> None:
    answer = ask(RULE, properties, resource_type=kind)
    assert isinstance(answer, NonCompliant)
    assert answer.message == message


@pytest.mark.parametrize(
    ("properties", "kind"),
    [
        (_call({"cloudWatchConfig": _GROUP | _LARGE, "embeddingDataDeliveryEnabled": False}), "Custom::AWS"),
        (_call({"s3Config": {"bucketName": "b"}, "textDataDeliveryEnabled": True}), "Custom::AWS"),
        ({"LogGroupName": "g", "BucketName": {"Ref": "Given"}}, _OWN),
    ],
)
def test_a_whole_log_is_sound(ask: Callable[..., Answer], properties: dict[str, Any], kind: str) -> None:
    assert isinstance(ask(RULE, properties, resource_type=kind), Compliant)


@pytest.mark.parametrize("properties", [_call({}, "putObject"), {"Create": {"Ref": "Given"}}, {}])
def test_other_calls_are_not_asked(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties, resource_type="Custom::AWS"), NotApplicable)
