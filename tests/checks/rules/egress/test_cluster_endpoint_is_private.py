"""Cluster endpoint is private."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-ClusterEndpointIsPrivate"


def cluster(**network: object) -> dict[str, Any]:
    return {"properties": {"ResourcesVpcConfig": {"SubnetIds": ["subnet-1"], **network}}}


@pytest.mark.parametrize(
    "case",
    [
        cluster(EndpointPublicAccess=False),
        cluster(PublicAccessCidrs=["198.51.100.0/24"]),
    ],
)
def test_what_is_sound_is_left_alone(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Compliant)


@pytest.mark.parametrize(
    "case",
    [
        cluster(),
        cluster(EndpointPublicAccess=True, PublicAccessCidrs=["0.0.0.0/0"]),
    ],
)
def test_what_breaks_the_promise_is_found(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NonCompliant)


@pytest.mark.parametrize(
    "case",
    [
        cluster(EndpointPublicAccess={"Ref": "Given"}),
        cluster(PublicAccessCidrs={"Ref": "Given"}),
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Unknown)
