"""Who may invoke a model has no way out but through a firewall."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from tests.checks.rules.application.model_callers import OTHERS, role
from tests.checks.rules.egress.networks import FIREWALL, SERVICE, THIRD_PARTY, endpoint_in, route, subnet

RULE = "OwaspLlm-ModelCallerLeavesThroughFirewall"
_CALLER = role("Inline", VpcConfig={"SubnetIds": [{"Ref": "Subnet"}]})
_INSIDE = {**OTHERS, **subnet(), **FIREWALL, **THIRD_PARTY, **SERVICE}


@pytest.mark.parametrize(
    "others",
    [
        {},
        {"Out": route("SubnetTable", VpcEndpointId=endpoint_in("eu-west-1a"))},
        {"Out": route("SubnetTable", VpcEndpointId={"Ref": "Gateway"})},
        {"Local": route("SubnetTable", to="10.0.0.0/16", GatewayId="local")},
        {"Foreign": route("OtherTable", NatGatewayId="nat-1"), **subnet("Other")},
    ],
)
def test_no_way_or_an_inspected_one_is_compliant(ask: Callable[..., Answer], others: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, _CALLER, others=_INSIDE | others), Compliant)


@pytest.mark.parametrize(
    "target",
    [
        {"GatewayId": {"Ref": "Given"}},
        {"NatGatewayId": "nat-1"},
        {"EgressOnlyInternetGatewayId": "eigw-1"},
        {"InstanceId": "i-1"},
        {"NetworkInterfaceId": "eni-1"},
    ],
)
@pytest.mark.parametrize("to", ["0.0.0.0/0", "198.51.100.0/24"])
def test_a_way_around_is_not(ask: Callable[..., Answer], target: dict[str, Any], to: str) -> None:
    around = {
        "In": route("SubnetTable", to="192.0.2.0/24", VpcEndpointId=endpoint_in("eu-west-1a")),
        "Out": route("SubnetTable", to=to, **target),
    }
    answer = ask(RULE, _CALLER, others=_INSIDE | around)
    assert isinstance(answer, NonCompliant)
    assert "Out" in answer.message


@pytest.mark.parametrize(
    ("properties", "others"),
    [
        (role("Inline", VpcConfig={"SubnetIds": [{"Ref": "Given"}]}), {}),
        (role("Inline", VpcConfig={"SubnetIds": ["subnet-1"]}), {}),
        (_CALLER, {"Out": route("SubnetTable", TransitGatewayId="tgw-1")}),
        (_CALLER, {"Out": route("SubnetTable", VpcEndpointId={"Ref": "Given"})}),
        (_CALLER, {"Out": route("SubnetTable", VpcEndpointId={"Ref": "Service"})}),
    ],
)
def test_a_way_that_no_template_tells_is_unknown(
    ask: Callable[..., Answer], properties: dict[str, Any], others: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, properties, others=_INSIDE | others), Unknown)


@pytest.mark.parametrize(
    "properties", [role("Reader", VpcConfig={"SubnetIds": ["subnet-1"]}), role("Inline")]
)
def test_others_are_not_asked(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties, others=_INSIDE), NotApplicable)
