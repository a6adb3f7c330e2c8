"""What leaves through a firewall's endpoint comes back through the same one."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable
from tests.checks.rules.egress.networks import ANYWHERE, FIREWALL, THIRD_PARTY, endpoint_in, route, subnet

RULE = "OwaspLlm-FirewallRoutesAreSymmetric"
_INSIDE = {**subnet(), **FIREWALL, **THIRD_PARTY}
_HERE, _ELSEWHERE = endpoint_in("eu-west-1a"), endpoint_in("eu-west-1b")


def _out(endpoint: Any = _HERE, to: str = ANYWHERE) -> dict[str, Any]:
    properties: dict[str, Any] = route("SubnetTable", to=to, VpcEndpointId=endpoint)["Properties"]
    return properties


def _back(endpoint: Any = _HERE, to: str = "10.0.0.0/24", table: str = "Public") -> dict[str, Any]:
    return {"Back": route(table, to=to, VpcEndpointId=endpoint)}


@pytest.mark.parametrize(
    ("properties", "others"),
    [(_out(), _back()), (_out({"Ref": "Gateway"}), _back({"Ref": "Gateway"}))],
)
def test_the_same_way_back_is_compliant(
    ask: Callable[..., Answer], properties: dict[str, Any], others: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, properties, others=_INSIDE | others), Compliant)


@pytest.mark.parametrize(
    "others",
    [{}, _back(_ELSEWHERE), _back(to="10.0.1.0/24"), _back(table="SubnetTable")],
    ids=["none", "another zone's", "another subnet's", "in the same table"],
)
def test_another_way_back_is_not(ask: Callable[..., Answer], others: dict[str, Any]) -> None:
    answer = ask(RULE, _out(), others=_INSIDE | others)
    assert isinstance(answer, NonCompliant)
    assert "10.0.0.0/24" in answer.message


def test_a_way_back_for_a_range_that_nobody_knows_is_not(ask: Callable[..., Answer]) -> None:
    inside = _INSIDE | subnet(block={"Ref": "Given"})  # type: ignore[arg-type] # a token in place of the range
    assert isinstance(ask(RULE, _out(), others=inside | _back()), NonCompliant)


@pytest.mark.parametrize(
    "properties",
    [
        _out(to="10.0.0.0/24"),
        _out({"Ref": "Given"}),
        route("SubnetTable", NatGatewayId="nat-1")["Properties"],
        {**_out(), "RouteTableId": {"Ref": "Given"}},
    ],
)
def test_other_routes_are_not_asked(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties, others=_INSIDE), NotApplicable)
