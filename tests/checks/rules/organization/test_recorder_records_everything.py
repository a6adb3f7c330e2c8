"""Config records what the chatbot stands on."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-RecorderRecordsEverything"
Ask = Callable[..., Answer]
EXCLUDED = "RecordingGroup.ExclusionByResourceTypes.ResourceTypes"


def excluding(*kinds: Any) -> dict[str, Any]:
    return {
        "RecordingGroup": {
            "RecordingStrategy": {"UseOnly": "EXCLUSION_BY_RESOURCE_TYPES"},
            "ExclusionByResourceTypes": {"ResourceTypes": list(kinds)},
        }
    }


@pytest.mark.parametrize(
    "properties",
    [
        {},
        {"RecordingGroup": {"AllSupported": True}},
        {"RecordingGroup": {"RecordingStrategy": {"UseOnly": "ALL_SUPPORTED_RESOURCE_TYPES"}}},
        excluding("AWS::EC2::NetworkInterface", "AWS::SSM::PatchCompliance"),
    ],
)
def test_a_sound_one_is_compliant(ask: Ask, properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Compliant)


@pytest.mark.parametrize(
    ("properties", "where"),
    [
        ({"RecordingGroup": {"AllSupported": False, "ResourceTypes": ["AWS::S3::Bucket"]}}, "RecordingGroup"),
        (
            {"RecordingGroup": {"RecordingStrategy": {"UseOnly": "INCLUSION_BY_RESOURCE_TYPES"}}},
            "RecordingGroup",
        ),
        (excluding("AWS::EC2::Instance", "AWS::IAM::Role"), EXCLUDED),
        (excluding("AWS::Bedrock::Guardrail"), EXCLUDED),
    ],
)
def test_a_weak_one_is_not(ask: Ask, properties: dict[str, Any], where: str) -> None:
    answer = ask(RULE, properties)
    assert isinstance(answer, NonCompliant)
    assert answer.property == where


@pytest.mark.parametrize(
    "properties",
    [
        {"RecordingGroup": {"Ref": "Given"}},
        {"RecordingGroup": {"AllSupported": {"Ref": "Given"}}},
        excluding({"Ref": "Given"}),
    ],
)
def test_a_token_is_unknown(ask: Ask, properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Unknown)
