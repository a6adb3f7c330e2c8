"""Network keeps flow logs."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-NetworkKeepsFlowLogs"


def logging(**changed: object) -> dict[str, Any]:
    properties = {"ResourceId": {"Ref": "Subject"}, "ResourceType": "VPC", "TrafficType": "ALL", **changed}
    return {"Log": {"Type": "AWS::EC2::FlowLog", "Properties": properties}}


@pytest.mark.parametrize(
    "case",
    [
        {"properties": {}, "others": logging()},
        {"properties": {}, "others": logging(ResourceId={"Fn::GetAtt": ["Subject", "VpcId"]})},
    ],
)
def test_what_is_sound_is_left_alone(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Compliant)


@pytest.mark.parametrize(
    "case",
    [
        {"properties": {}},
        {"properties": {}, "others": logging(TrafficType="REJECT")},
        {"properties": {}, "others": logging(ResourceId="vpc-1")},
    ],
)
def test_what_breaks_the_promise_is_found(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NonCompliant)


@pytest.mark.parametrize(
    "case",
    [
        {"properties": {}, "others": logging(TrafficType={"Ref": "Given"})},
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Unknown)
