"""Subnet gives no public address."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from tests.checks.rules.egress.networks import route, subnet

RULE = "OwaspLlm-SubnetGivesNoPublicAddress"
FUNCTION: dict[str, Any] = {
    "F": {"Type": "AWS::Lambda::Function", "Properties": {"VpcConfig": {"SubnetIds": [{"Ref": "Subject"}]}}}
}
GATEWAY = {"N": {"Type": "AWS::EC2::NatGateway", "Properties": {"SubnetId": {"Ref": "Subject"}}}}


@pytest.mark.parametrize(
    "case",
    [
        {"properties": {}, "others": FUNCTION},
        {"properties": {"MapPublicIpOnLaunch": False}, "others": FUNCTION},
    ],
)
def test_what_is_sound_is_left_alone(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Compliant)


@pytest.mark.parametrize(
    "case",
    [
        {"properties": {"MapPublicIpOnLaunch": True}, "others": FUNCTION},
    ],
)
def test_what_breaks_the_promise_is_found(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NonCompliant)


@pytest.mark.parametrize(
    "case",
    [
        {"properties": {"MapPublicIpOnLaunch": {"Ref": "Given"}}, "others": FUNCTION},
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Unknown)


@pytest.mark.parametrize(
    "case",
    [
        {"properties": {"MapPublicIpOnLaunch": True}},
        {"properties": {"MapPublicIpOnLaunch": True}, "others": GATEWAY},
    ],
)
def test_what_it_does_not_concern_is_not_asked(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NotApplicable)


def test_a_firewall_stands_without_public_addresses(ask: Callable[..., Answer]) -> None:
    firewall = {
        "Type": "AWS::NetworkFirewall::Firewall",
        "Properties": {"SubnetMappings": [{"SubnetId": {"Ref": "Subject"}}]},
    }
    assert isinstance(ask(RULE, {"MapPublicIpOnLaunch": True}, others={"Firewall": firewall}), NonCompliant)


def public(name: str) -> dict[str, Any]:
    made = {**subnet(name), f"{name}Out": route(f"{name}Table", GatewayId="igw-0123456789abcdef0")}
    if name == "Subject":
        del made[name]
    return made


def test_the_only_public_subnet_that_gives_addresses_is_found(ask: Callable[..., Answer]) -> None:
    others = {**public("A"), **public("B"), **public("Subject")}
    assert isinstance(ask(RULE, {"MapPublicIpOnLaunch": True}, others=others), NonCompliant)
    assert isinstance(ask(RULE, {"MapPublicIpOnLaunch": False}, others=others), Compliant)
