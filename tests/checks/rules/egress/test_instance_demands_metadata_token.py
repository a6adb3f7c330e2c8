"""Instance demands metadata token."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-InstanceDemandsMetadataToken"


@pytest.mark.parametrize(
    "case",
    [
        {"properties": {"MetadataOptions": {"HttpTokens": "required"}}},
        {
            "properties": {"LaunchTemplateData": {"MetadataOptions": {"HttpTokens": "required"}}},
            "resource_type": "AWS::EC2::LaunchTemplate",
        },
        {"properties": {"MetadataOptions": {"HttpEndpoint": "disabled"}}},
        {"properties": {"MetadataOptions": {"HttpTokens": "required", "HttpPutResponseHopLimit": 2}}},
    ],
)
def test_what_is_sound_is_left_alone(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Compliant)


@pytest.mark.parametrize(
    "case",
    [
        {"properties": {}},
        {"properties": {"MetadataOptions": {"HttpTokens": "optional"}}},
        {"properties": {"MetadataOptions": {"HttpTokens": "required", "HttpPutResponseHopLimit": 64}}},
        {"properties": {"ImageId": "ami-1"}, "resource_type": "AWS::EC2::Instance"},
    ],
)
def test_what_breaks_the_promise_is_found(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NonCompliant)


@pytest.mark.parametrize(
    "case",
    [
        {"properties": {"MetadataOptions": {"HttpTokens": {"Ref": "Given"}}}},
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Unknown)


@pytest.mark.parametrize(
    "case",
    [
        {"properties": {"LaunchTemplate": {"Version": "1"}}, "resource_type": "AWS::EC2::Instance"},
    ],
)
def test_what_it_does_not_concern_is_not_asked(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NotApplicable)
