"""Group rule names its ports."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-GroupRuleNamesItsPorts"


def rule(changes: dict[str, Any], side: str = "Ingress") -> dict[str, Any]:
    """A rule for the group of the callers on 443, changed."""
    entry: dict[str, Any] = {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443}
    peer = {} if {"CidrIp", "SourceSecurityGroupId"} & changes.keys() else {"SourceSecurityGroupId": "sg-1"}
    return {"properties": {f"SecurityGroup{side}": [{**entry, **peer, **changes}]}}


@pytest.mark.parametrize(
    "case",
    [
        rule({}),
        rule({"IpProtocol": "-1", "CidrIp": "0.0.0.0/0"}),
        rule({"IpProtocol": "-1", "SourceSecurityGroupId": {"Ref": "Subject"}}),
        {"properties": {}},
    ],
)
def test_what_is_sound_is_left_alone(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Compliant | NotApplicable)


@pytest.mark.parametrize(
    "case",
    [
        rule({"IpProtocol": "-1"}),
        rule({"FromPort": 0, "ToPort": 65535}),
        rule({"IpProtocol": "-1", "CidrIp": "10.0.0.0/8"}, "Egress"),
        rule({"IpProtocol": "-1", "CidrIp": "0.0.0.0/0"}, "Egress"),
        {
            "properties": {"IpProtocol": "-1", "SourceSecurityGroupId": "sg-1", "GroupId": "sg-2"},
            "resource_type": "AWS::EC2::SecurityGroupIngress",
        },
    ],
)
def test_what_breaks_the_promise_is_found(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NonCompliant)


@pytest.mark.parametrize(
    "case",
    [rule({"IpProtocol": {"Ref": "Given"}}), {"properties": {"SecurityGroupIngress": {"Ref": "Given"}}}],
)
def test_what_only_a_deployment_knows_is_unknown(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Unknown)
