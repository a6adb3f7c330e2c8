"""An interface endpoint in the network's default group is found."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-EndpointNamesItsGroups"
INTERFACE = {"VpcEndpointType": "Interface"}


@pytest.mark.parametrize("groups", [["sg-1"], [{"Ref": "Given"}], [{"Fn::GetAtt": ["Group", "GroupId"]}]])
def test_one_with_a_group_is_compliant(ask: Callable[..., Answer], groups: object) -> None:
    group = {"Type": "AWS::EC2::SecurityGroup"}
    answer = ask(RULE, {**INTERFACE, "SecurityGroupIds": groups}, others={"Group": group})
    assert isinstance(answer, Compliant)


@pytest.mark.parametrize("properties", [INTERFACE, {**INTERFACE, "SecurityGroupIds": []}])
def test_one_without_is_found(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), NonCompliant)


@pytest.mark.parametrize(
    "properties", [{**INTERFACE, "SecurityGroupIds": {"Ref": "Given"}}, {"VpcEndpointType": {"Ref": "Given"}}]
)
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Unknown)


@pytest.mark.parametrize("properties", [{}, {"VpcEndpointType": "Gateway"}])
def test_a_gateway_is_not_asked(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), NotApplicable)
