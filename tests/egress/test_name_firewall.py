from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms

from genai_defense.egress import AllowedDomain, NameFirewall
from tests.egress.conftest import Resources, build_network, foreign_stack, resources, target

_ALLOWED = [AllowedDomain.exact("docs.aws.amazon.com"), AllowedDomain.subdomains_of("example.org")]


def _build(
    *allowed: AllowedDomain, removal_policy: cdk.RemovalPolicy = cdk.RemovalPolicy.RETAIN
) -> Resources:
    stack = foreign_stack()
    network = build_network(stack)
    NameFirewall(
        stack,
        "Names",
        vpc=network.vpc,
        encryption_key=kms.Key(stack, "LogKey"),
        allowed_domains=allowed,
        removal_policy=removal_policy,
    )
    return resources(stack)


@pytest.fixture(scope="module")
def built() -> Resources:
    return _build(*_ALLOWED)


def _lists(found: Resources) -> dict[str, list[str]]:
    return {name: p["Domains"] for name, p in found.of("AWS::Route53Resolver::FirewallDomainList").items()}


def _rules(found: Resources) -> list[dict[str, Any]]:
    rules: list[dict[str, Any]] = found.one("AWS::Route53Resolver::FirewallRuleGroup")["FirewallRules"]
    return sorted(rules, key=lambda rule: int(rule["Priority"]))


def test_the_allowed_domains_and_the_own_endpoints_resolve(built: Resources) -> None:
    (known,) = (names for names in _lists(built).values() if names != ["*"])
    assert known == [
        "*.ddb.eu-west-1.amazonaws.com",
        "*.example.org",
        "*.s3.eu-west-1.amazonaws.com",
        "docs.aws.amazon.com",
        "dynamodb.eu-west-1.amazonaws.com",
        "s3.eu-west-1.amazonaws.com",
        "sts.eu-west-1.amazonaws.com",
    ]


def test_without_a_way_out_only_the_endpoints_resolve() -> None:
    (known,) = (names for names in _lists(_build()).values() if names != ["*"])
    assert all(name.endswith(".eu-west-1.amazonaws.com") for name in known)


def test_everything_else_is_blocked_last(built: Resources) -> None:
    *allows, block = _rules(built)
    assert {rule["Action"] for rule in allows} == {"ALLOW"}
    assert (block["Action"], block["BlockResponse"]) == ("BLOCK", "NODATA")
    assert "Qtype" not in block
    assert _lists(built)[target(block["FirewallDomainListId"])] == ["*"]


def test_only_addresses_are_asked_for(built: Resources) -> None:
    *allows, _ = _rules(built)
    assert [rule["Qtype"] for rule in allows] == ["A", "AAAA"]
    assert {rule["FirewallDomainRedirectionAction"] for rule in allows} == {"TRUST_REDIRECTION_DOMAIN"}


def test_the_filter_stands_before_this_vpc_and_cannot_be_taken_off(built: Resources) -> None:
    association = built.one("AWS::Route53Resolver::FirewallRuleGroupAssociation")
    assert association["MutationProtection"] == "ENABLED"
    assert 100 < association["Priority"] < 9000
    assert target(association["VpcId"]) in built.of("AWS::EC2::VPC")
    assert target(association["FirewallRuleGroupId"]) in built.of("AWS::Route53Resolver::FirewallRuleGroup")


def test_a_throwaway_filter_can_be_taken_off() -> None:
    loose = _build(removal_policy=cdk.RemovalPolicy.DESTROY)
    association = loose.one("AWS::Route53Resolver::FirewallRuleGroupAssociation")
    assert association["MutationProtection"] == "DISABLED"


def test_each_question_is_logged_under_the_given_key(built: Resources) -> None:
    logging = built.one("AWS::Route53Resolver::ResolverQueryLoggingConfig")
    (name,) = (n for n in built.of("AWS::Logs::LogGroup") if n.startswith("NamesQueries"))
    assert {"Ref": name} in logging["DestinationArn"]["Fn::Join"][1]
    assert "KmsKeyId" in built.all[name]["Properties"]
    association = built.one("AWS::Route53Resolver::ResolverQueryLoggingConfigAssociation")
    assert target(association["ResourceId"]) in built.of("AWS::EC2::VPC")


def test_an_endpoint_of_another_stack_that_comes_later_resolves_too() -> None:
    app = cdk.App()
    env = cdk.Environment(account="111122223333", region="eu-west-1")
    stack, later = cdk.Stack(app, "First", env=env), cdk.Stack(app, "Later", env=env)
    network = build_network(stack)
    NameFirewall(stack, "Names", vpc=network.vpc, encryption_key=kms.Key(stack, "LogKey"))
    ec2.InterfaceVpcEndpoint(
        later, "Api", vpc=network.vpc, service=ec2.InterfaceVpcEndpointAwsService.ECR
    ).add_to_policy(
        iam.PolicyStatement(
            principals=[iam.AccountRootPrincipal()], actions=["ecr:ListImages"], resources=["*"]
        )
    )
    (known,) = (names for names in _lists(resources(stack)).values() if names != ["*"])
    assert "api.ecr.eu-west-1.amazonaws.com" in known
