"""Only https is open."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-OnlyHttpsIsOpen"


def group(
    port: object, last: object = None, cidr: object = "0.0.0.0/0", protocol: str = "tcp"
) -> dict[str, Any]:
    rule = {"IpProtocol": protocol, "FromPort": port, "ToPort": last or port, "CidrIp": cidr}
    return {"properties": {"VpcId": "vpc-1", "SecurityGroupIngress": [rule]}}


@pytest.mark.parametrize(
    "case",
    [
        group(443),
        group(80),
        group(443, protocol="udp"),
        group(8080, cidr="10.0.0.0/8"),
    ],
)
def test_what_is_sound_is_left_alone(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Compliant)


@pytest.mark.parametrize(
    "case",
    [
        group(8080),
        group(80, 443),
        group(-1, protocol="-1"),
    ],
)
def test_what_breaks_the_promise_is_found(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NonCompliant)


@pytest.mark.parametrize(
    "case",
    [
        group({"Ref": "Given"}),
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Unknown)
