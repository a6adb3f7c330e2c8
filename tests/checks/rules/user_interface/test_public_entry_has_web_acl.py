"""A web ACL stands before whatever the internet reaches."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-PublicEntryHasWebAcl"
OTHERS: dict[str, Any] = {
    "Public": {
        "Type": "AWS::ElasticLoadBalancingV2::LoadBalancer",
        "Properties": {"Scheme": "internet-facing"},
    },
    "Inside": {"Type": "AWS::ElasticLoadBalancingV2::LoadBalancer", "Properties": {"Scheme": "internal"}},
    "Edge": {
        "Type": "AWS::ElasticLoadBalancingV2::LoadBalancer",
        "Properties": {"SecurityGroups": [{"Fn::GetAtt": ["EdgeOnly", "GroupId"]}]},
    },
    "EdgeOnly": {
        "Type": "AWS::EC2::SecurityGroup",
        "Properties": {"SecurityGroupIngress": [{"IpProtocol": "tcp", "SourcePrefixListId": "pl-3b927c52"}]},
    },
}
Case = tuple[dict[str, Any], str | None]
Weak = tuple[str, dict[str, Any], str | None]
OTHER_MATTERS: list[Case] = [
    ({"Scheme": "internal"}, "AWS::ElasticLoadBalancingV2::LoadBalancer"),
    ({"Type": "network"}, "AWS::ElasticLoadBalancingV2::LoadBalancer"),
    ({"SecurityGroups": [{"Ref": "EdgeOnly"}]}, "AWS::ElasticLoadBalancingV2::LoadBalancer"),
    ({"Visibility": "PRIVATE"}, "AWS::AppSync::GraphQLApi"),
    (
        {"NetworkConfiguration": {"IngressConfiguration": {"IsPubliclyAccessible": False}}},
        "AWS::AppRunner::Service",
    ),
]
WEAK: list[Weak] = [
    (
        "",
        {"Scheme": "internet-facing", "Type": "application"},
        "AWS::ElasticLoadBalancingV2::LoadBalancer",
    ),
    ("", {}, "AWS::AppSync::GraphQLApi"),
    ("", {}, "AWS::AppRunner::Service"),
]


@pytest.mark.parametrize(("properties", "kind"), OTHER_MATTERS)
def test_what_it_does_not_speak_about(
    ask: Callable[..., Answer], properties: dict[str, Any], kind: str | None
) -> None:
    assert isinstance(ask(RULE, properties, resource_type=kind, others=OTHERS), NotApplicable)


@pytest.mark.parametrize(("where", "properties", "kind"), WEAK)
def test_what_is_weak_is_found(
    ask: Callable[..., Answer], where: str, properties: dict[str, Any], kind: str | None
) -> None:
    answer = ask(RULE, properties, resource_type=kind, others=OTHERS)
    assert isinstance(answer, NonCompliant)
    assert answer.property == where


@pytest.mark.parametrize(
    ("kind", "arn"),
    [
        ("AWS::ElasticLoadBalancingV2::LoadBalancer", {"Ref": "Subject"}),
        ("AWS::AppSync::GraphQLApi", {"Fn::GetAtt": ["Subject", "Arn"]}),
        ("AWS::AppRunner::Service", {"Fn::GetAtt": ["Subject", "ServiceArn"]}),
    ],
)
def test_an_association_is_compliant(ask: Callable[..., Answer], kind: str, arn: object) -> None:
    waf = {"Type": "AWS::WAFv2::WebACLAssociation", "Properties": {"ResourceArn": arn}}
    assert isinstance(ask(RULE, {}, resource_type=kind, others={"Waf": waf}), Compliant)


def test_an_association_with_a_token_is_unknown(ask: Callable[..., Answer]) -> None:
    waf = {"Type": "AWS::WAFv2::WebACLAssociation", "Properties": {"ResourceArn": {"Ref": "Given"}}}
    assert isinstance(ask(RULE, {}, others={"Waf": waf}), Unknown)
