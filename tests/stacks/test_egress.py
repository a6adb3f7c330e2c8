"""What must hold of the way out over all stacks of a profile."""

import json
from collections.abc import Callable
from typing import Any

from genai_defense.checks.template_graph import Template, TemplateGraph
from genai_defense.proofs.network import NetworkPaths

Resources = Callable[[str], list[dict[str, Any]]]
TemplateOf = Callable[[str], dict[str, Any]]


def test_no_application_subnet_avoids_the_firewall(template_of: TemplateOf, profile: str) -> None:
    paths = NetworkPaths(TemplateGraph([Template("Network", template_of("Network"))]))
    assert len(paths.application_subnets) == {"dev": 2, "prod": 3}[profile]
    for subnet in paths.application_subnets:
        found = [*paths.around(subnet), *paths.one_sided(subnet), *paths.unknown(subnet)]
        assert found == []
    ways = {"dev": 0, "prod": 1}[profile]
    assert {len(paths.ways_out(subnet)) for subnet in paths.application_subnets} == {ways}


def test_all_routes_of_the_app_stand_in_the_network_stack(
    resources: Resources, template_of: TemplateOf
) -> None:
    """Otherwise the proof above would not see them."""
    network = template_of("Network")["Resources"].values()
    for kind in ("AWS::EC2::Route", "AWS::EC2::RouteTable", "AWS::EC2::Subnet", "AWS::EC2::VPC"):
        assert len(resources(kind)) == sum(entry["Type"] == kind for entry in network)


def test_names_are_filtered_in_every_profile(resources: Resources, profile: str) -> None:
    (association,) = resources("AWS::Route53Resolver::FirewallRuleGroupAssociation")
    assert association["Properties"]["MutationProtection"] == {"dev": "DISABLED", "prod": "ENABLED"}[profile]
    (group,) = resources("AWS::Route53Resolver::FirewallRuleGroup")
    assert [rule["Action"] for rule in group["Properties"]["FirewallRules"]] == ["ALLOW", "ALLOW", "BLOCK"]


def test_every_private_endpoint_can_be_found_by_its_name_and_nothing_else_but_the_allowed_domains(
    resources: Resources, profile: str
) -> None:
    lists = [
        entry["Properties"]["Domains"] for entry in resources("AWS::Route53Resolver::FirewallDomainList")
    ]
    (known,) = (names for names in lists if names != ["*"])
    services = {
        json.dumps(entry["Properties"]["ServiceName"]).rsplit(".", 1)[1].strip('"]}')
        for entry in resources("AWS::EC2::VPCEndpoint")
    }
    assert len(services) >= 6
    reached = {
        name.removeprefix("*.").split(".")[0] for name in known if name.endswith(".us-east-1.amazonaws.com")
    }
    assert reached == services | {"ddb"}
    others = [name for name in known if not name.endswith(".us-east-1.amazonaws.com")]
    assert others == {"dev": [], "prod": ["docs.aws.amazon.com"]}[profile]


def test_the_network_says_what_its_egress_costs(template_of: TemplateOf, profile: str) -> None:
    shown = template_of("Network")["Outputs"]["EgressCost"]["Value"]
    mode, usd = {"dev": ("none", "0.00"), "prod": ("inspected", "974.55")}[profile]
    assert shown == f"{mode}: about {usd} USD a month while idle (list prices of us-east-1)"
