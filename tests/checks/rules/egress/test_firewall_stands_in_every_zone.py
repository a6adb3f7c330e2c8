"""Routes to an endpoint for which the firewall has no subnet are found."""

from collections.abc import Callable
from typing import Any

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-FirewallStandsInEveryZone"


def routes(*zones: str) -> dict[str, Any]:
    def endpoint(zone: str) -> dict[str, Any]:
        split = {"Fn::Split": [f"{zone}:", {"Fn::Join": [",", {"Fn::GetAtt": ["Subject", "EndpointIds"]}]}]}
        return {"Fn::Select": [1, split]}

    return {
        f"R{i}": {
            "Type": "AWS::EC2::Route",
            "Properties": {"VpcEndpointId": endpoint(zone), "RouteTableId": f"rtb-{i}"},
        }
        for i, zone in enumerate(zones)
    }


def subnets(number: int) -> dict[str, Any]:
    return {"SubnetMappings": [{"SubnetId": f"subnet-{i}"} for i in range(number)]}


def test_a_subnet_for_each_endpoint_is_compliant(ask: Callable[..., Answer]) -> None:
    assert isinstance(
        ask(RULE, subnets(2), others=routes("eu-west-1a", "eu-west-1b", "eu-west-1b")), Compliant
    )


def test_a_zone_without_a_subnet_is_found(ask: Callable[..., Answer]) -> None:
    answer = ask(RULE, subnets(1), others=routes("eu-west-1a", "eu-west-1b"))
    assert isinstance(answer, NonCompliant)
    assert answer.property == "SubnetMappings"


def test_a_firewall_to_which_no_route_leads_is_not_asked(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, subnets(1)), NotApplicable)


def test_a_token_is_unknown(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, {"SubnetMappings": {"Ref": "Given"}}, others=routes("a")), Unknown)
