"""Workload has no public address."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-WorkloadHasNoPublicAddress"
PUBLIC = {"Public": {"Type": "AWS::EC2::Subnet", "Properties": {"MapPublicIpOnLaunch": True}}}


def task(public: object) -> dict[str, Any]:
    network = {"Subnets": ["subnet-1"], **({"AssignPublicIp": public} if public else {})}
    return {"properties": {"NetworkConfiguration": {"AwsvpcConfiguration": network}}}


@pytest.mark.parametrize(
    "case",
    [
        task("DISABLED"),
        task(None),
        {"properties": {"SubnetId": {"Ref": "Given"}}, "resource_type": "AWS::EC2::Instance"},
        {
            "properties": {"NetworkInterfaces": [{"AssociatePublicIpAddress": False}]},
            "resource_type": "AWS::EC2::Instance",
        },
    ],
)
def test_what_is_sound_is_left_alone(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Compliant)


@pytest.mark.parametrize(
    "case",
    [
        task("ENABLED"),
        {
            "properties": {"NetworkInterfaces": [{"AssociatePublicIpAddress": "true"}]},
            "resource_type": "AWS::EC2::Instance",
        },
        {
            "properties": {"SubnetId": {"Ref": "Public"}},
            "others": PUBLIC,
            "resource_type": "AWS::EC2::Instance",
        },
        {
            "properties": {"LaunchTemplateData": {"NetworkInterfaces": [{"AssociatePublicIpAddress": True}]}},
            "resource_type": "AWS::EC2::LaunchTemplate",
        },
    ],
)
def test_what_breaks_the_promise_is_found(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NonCompliant)


@pytest.mark.parametrize(
    "case",
    [
        task({"Ref": "Given"}),
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Unknown)
