from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import assertions
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_kms as kms

from genai_defense.egress import AllowedDomain, suricata_rules
from genai_defense.egress.domain_firewall import DomainFirewall

Resources = Any  # the class stands in conftest.py, which cannot be imported
_API = AllowedDomain.exact("api.example.com")


def test_the_rules_are_those_of_the_domains_in_strict_order(inspected: Resources) -> None:
    group = inspected.one("AWS::NetworkFirewall::RuleGroup")
    assert (group["Type"], group["Capacity"]) == ("STATEFUL", 1000)
    assert group["RuleGroup"]["StatefulRuleOptions"] == {"RuleOrder": "STRICT_ORDER"}
    assert group["RuleGroup"]["RulesSource"]["RulesString"] == suricata_rules(
        [AllowedDomain.exact("docs.aws.amazon.com"), AllowedDomain.subdomains_of("example.org")]
    )


def test_only_application_subnets_are_home(inspected: Resources) -> None:
    variables = inspected.one("AWS::NetworkFirewall::RuleGroup")["RuleGroup"]["RuleVariables"]
    assert variables == {
        "IPSets": {"HOME_NET": {"Definition": ["10.40.0.0/18", "10.40.64.0/18", "10.40.128.0/18"]}},
    }


def test_what_no_rule_decides_is_dropped_and_logged(inspected: Resources) -> None:
    policy = inspected.one("AWS::NetworkFirewall::FirewallPolicy")["FirewallPolicy"]
    assert policy["StatelessDefaultActions"] == ["aws:forward_to_sfe"]
    assert policy["StatelessFragmentDefaultActions"] == ["aws:forward_to_sfe"]
    assert policy["StatefulEngineOptions"] == {"RuleOrder": "STRICT_ORDER", "StreamExceptionPolicy": "DROP"}
    assert policy["StatefulDefaultActions"] == [
        "aws:drop_established_app_layer_to_server",
        "aws:alert_established_app_layer_to_server",
    ]
    assert len(policy["StatefulRuleGroupReferences"]) == 1


def test_the_firewall_has_one_endpoint_subnet_in_every_zone(inspected: Resources) -> None:
    subnets = inspected.of("AWS::EC2::Subnet")
    mappings = inspected.one("AWS::NetworkFirewall::Firewall")["SubnetMappings"]
    zones = [subnets[m["SubnetId"]["Fn::GetAtt"][0]]["AvailabilityZone"] for m in mappings]
    assert zones == ["eu-west-1a", "eu-west-1b", "eu-west-1c"]


def test_alerts_and_flows_go_to_encrypted_groups_that_stay(inspected: Resources) -> None:
    logging = inspected.one("AWS::NetworkFirewall::LoggingConfiguration")["LoggingConfiguration"]
    groups = inspected.of("AWS::Logs::LogGroup")
    kinds: set[str] = set()
    for destination in logging["LogDestinationConfigs"]:
        kinds.add(destination["LogType"])
        group = destination["LogDestination"]["logGroup"]["Ref"]
        assert "KmsKeyId" in groups[group]
        assert inspected.all[group]["DeletionPolicy"] == "Retain"
    assert kinds == {"ALERT", "FLOW"}


def test_log_delivery_may_write_to_these_two_groups_for_this_account_only(inspected: Resources) -> None:
    document = inspected.one("AWS::Logs::ResourcePolicy")["PolicyDocument"]
    text = document if isinstance(document, str) else "".join(map(str, document["Fn::Join"][1]))
    assert '"aws:SourceAccount":"111122223333"' in text
    assert '"Service":"delivery.logs.amazonaws.com"' in text
    assert '"Action":["logs:CreateLogStream","logs:PutLogEvents"]' in text


def test_the_firewall_is_protected_unless_its_destruction_was_asked_for(
    inspected: Resources, stack: cdk.Stack
) -> None:
    firewall = inspected.one("AWS::NetworkFirewall::Firewall")
    assert (firewall["DeleteProtection"], firewall["FirewallPolicyChangeProtection"]) == (True, True)
    _firewall(stack, domains=[_API], removal_policy=cdk.RemovalPolicy.DESTROY)
    assertions.Template.from_stack(stack).has_resource_properties(
        "AWS::NetworkFirewall::Firewall",
        {"DeleteProtection": False, "FirewallPolicyChangeProtection": False},
    )


@pytest.mark.parametrize("count", [0, 451])
def test_the_number_of_domains_has_limits(stack: cdk.Stack, count: int) -> None:
    domains = [AllowedDomain.exact(f"host{number}.example.com") for number in range(count)]
    with pytest.raises(ValueError, match=f"{count} allowed domains given, but 1 to 450 are possible"):
        _firewall(stack, domains=domains)


def test_the_most_domains_fit_the_capacity_that_can_never_change() -> None:
    most = [AllowedDomain.exact(f"host{number}.example.com", plain_http=True) for number in range(450)]
    assert len(suricata_rules(most).splitlines()) <= 1000


def _firewall(
    stack: cdk.Stack,
    *,
    domains: list[AllowedDomain],
    removal_policy: cdk.RemovalPolicy = cdk.RemovalPolicy.RETAIN,
) -> DomainFirewall:
    vpc = ec2.Vpc.from_vpc_attributes(stack, "V", vpc_id="vpc-1", availability_zones=["eu-west-1a"])
    subnet = ec2.CfnSubnet(stack, "S", vpc_id="vpc-1", cidr_block="10.0.9.0/28")
    return DomainFirewall(
        stack,
        "Firewall",
        vpc=vpc,
        subnets={"eu-west-1a": subnet},
        home_networks=["10.0.0.0/24"],
        allowed_domains=domains,
        encryption_key=kms.Key(stack, "Key"),
        removal_policy=removal_policy,
    )
