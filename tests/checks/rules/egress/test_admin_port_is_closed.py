"""Admin port is closed."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-AdminPortIsClosed"
ALONE = "AWS::EC2::SecurityGroupIngress"


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
        group(22, cidr="10.0.0.0/8"),
        {"properties": {"SecurityGroupEgress": []}},
        {
            "properties": {
                "IpProtocol": "tcp",
                "FromPort": 5432,
                "ToPort": 5432,
                "SourceSecurityGroupId": "sg-1",
            },
            "resource_type": ALONE,
        },
        group(8, cidr="0.0.0.0/0", protocol="icmp"),
        group(22, cidr={"Ref": "Given"}),
    ],
)
def test_what_is_sound_is_left_alone(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Compliant)


@pytest.mark.parametrize(
    "case",
    [
        group(22),
        group("3389"),
        group(0, 65535),
        group(-1, protocol="-1"),
        group(5000, 6000),
        {
            "properties": {"IpProtocol": "tcp", "FromPort": 9200, "ToPort": 9200, "CidrIpv6": "::/0"},
            "resource_type": ALONE,
        },
    ],
)
def test_what_breaks_the_promise_is_found(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NonCompliant)


@pytest.mark.parametrize(
    "case",
    [
        group({"Ref": "Given"}),
        {"properties": {"SecurityGroupIngress": [{"Ref": "Given"}]}},
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Unknown)
