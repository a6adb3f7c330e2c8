"""Database is private."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-DatabaseIsPrivate"


@pytest.mark.parametrize(
    "case",
    [
        {"properties": {"PubliclyAccessible": False}},
        {"properties": {"DBSubnetGroupName": {"Ref": "Given"}}},
        {"properties": {"DBClusterIdentifier": {"Ref": "Given"}}},
        {
            "properties": {"VPCOptions": {"SubnetIds": ["subnet-1"]}},
            "resource_type": "AWS::OpenSearchService::Domain",
        },
    ],
)
def test_what_is_sound_is_left_alone(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Compliant)


@pytest.mark.parametrize(
    "case",
    [
        {"properties": {"PubliclyAccessible": True}},
        {"properties": {}},
        {"properties": {"PubliclyAccessible": "true"}, "resource_type": "AWS::RDS::DBCluster"},
        {"properties": {}, "resource_type": "AWS::OpenSearchService::Domain"},
    ],
)
def test_what_breaks_the_promise_is_found(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NonCompliant)


@pytest.mark.parametrize(
    "case",
    [
        {"properties": {"PubliclyAccessible": {"Ref": "Given"}}},
        {"properties": {"VPCOptions": {"Ref": "Given"}}, "resource_type": "AWS::OpenSearchService::Domain"},
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Unknown)
