"""Endpoint answers for its service."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-EndpointAnswersForItsService"


def endpoint(**changed: object) -> dict[str, Any]:
    sound = {"VpcEndpointType": "Interface", "ServiceName": "com.amazonaws.us-east-1.bedrock-runtime"}
    return {"properties": {**sound, **changed}}


@pytest.mark.parametrize(
    "case",
    [
        endpoint(PrivateDnsEnabled=True),
        endpoint(PrivateDnsEnabled="true"),
    ],
)
def test_what_is_sound_is_left_alone(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Compliant)


@pytest.mark.parametrize(
    "case",
    [
        endpoint(),
        endpoint(PrivateDnsEnabled=False),
    ],
)
def test_what_breaks_the_promise_is_found(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NonCompliant)


@pytest.mark.parametrize(
    "case",
    [
        endpoint(PrivateDnsEnabled={"Ref": "Given"}),
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Unknown)


@pytest.mark.parametrize(
    "case",
    [
        endpoint(VpcEndpointType="Gateway"),
        endpoint(ServiceName="com.amazonaws.vpce.us-east-1.vpce-svc-1"),
        endpoint(ServiceName="com.amazonaws.us-east-1.s3"),
    ],
)
def test_what_it_does_not_concern_is_not_asked(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NotApplicable)
