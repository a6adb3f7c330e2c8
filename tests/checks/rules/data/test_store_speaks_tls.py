"""Store speaks tls."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-StoreSpeaksTls"


def search(**changed: object) -> dict[str, Any]:
    sound = {
        "DomainEndpointOptions": {"EnforceHTTPS": True},
        "NodeToNodeEncryptionOptions": {"Enabled": True},
    }
    return {"properties": {**sound, **changed}, "resource_type": "AWS::OpenSearchService::Domain"}


@pytest.mark.parametrize(
    "case",
    [
        {"properties": {"TransitEncryptionEnabled": True}},
        {"properties": {}, "resource_type": "AWS::MemoryDB::Cluster"},
        search(),
    ],
)
def test_what_is_sound_is_left_alone(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Compliant)


@pytest.mark.parametrize(
    "case",
    [
        {"properties": {}},
        {"properties": {"TLSEnabled": False}, "resource_type": "AWS::MemoryDB::Cluster"},
        search(NodeToNodeEncryptionOptions={"Enabled": False}),
        search(DomainEndpointOptions={}),
    ],
)
def test_what_breaks_the_promise_is_found(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NonCompliant)


@pytest.mark.parametrize(
    "case",
    [
        {"properties": {"TransitEncryptionEnabled": {"Ref": "Given"}}},
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Unknown)
