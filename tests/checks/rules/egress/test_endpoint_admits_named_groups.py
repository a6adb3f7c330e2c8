"""Endpoint admits named groups."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-EndpointAdmitsNamedGroups"
HTTPS: dict[str, Any] = {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443}


def guarded(peer: dict[str, Any]) -> dict[str, Any]:
    """An endpoint whose group lets a peer in on 443."""
    group = {"Type": "AWS::EC2::SecurityGroup", "Properties": {"SecurityGroupIngress": [{**HTTPS, **peer}]}}
    properties = {"VpcEndpointType": "Interface", "SecurityGroupIds": [{"Ref": "Group"}]}
    return {"properties": properties, "others": {"Group": group}}


@pytest.mark.parametrize(
    "case",
    [
        {"properties": {"VpcEndpointType": "Gateway"}},
        {"properties": {"VpcEndpointType": "Interface"}},
        guarded({"SourceSecurityGroupId": "sg-1"}),
        guarded({"CidrIp": "10.0.0.0/16"}),
        {"properties": {"VpcEndpointType": "Interface", "SecurityGroupIds": ["sg-1"]}},
    ],
)
def test_what_is_sound_is_left_alone(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Compliant | NotApplicable)


@pytest.mark.parametrize(
    "case",
    [
        guarded({"CidrIp": "0.0.0.0/0"}),
        guarded({"CidrIpv6": "::/0"}),
        {
            "properties": {"VpcEndpointType": "Interface", "SecurityGroupIds": [{"Ref": "Group"}]},
            "others": {
                "Group": {"Type": "AWS::EC2::SecurityGroup", "Properties": {}},
                "Rule": {
                    "Type": "AWS::EC2::SecurityGroupIngress",
                    "Properties": {**HTTPS, "CidrIp": "0.0.0.0/0", "GroupId": {"Ref": "Group"}},
                },
            },
        },
    ],
)
def test_what_breaks_the_promise_is_found(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NonCompliant)


@pytest.mark.parametrize(
    "case",
    [
        {"properties": {"VpcEndpointType": "Interface", "SecurityGroupIds": {"Ref": "Given"}}},
        {"properties": {"VpcEndpointType": {"Ref": "Given"}}},
    ],
)
def test_what_only_a_deployment_knows_is_unknown(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Unknown)
