"""Plain HTTP is only redirected."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-ListenerIsHttpsOnly"
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
SOUND: list[Case] = [
    ({"LoadBalancerArn": {"Ref": "Public"}, "Protocol": "HTTPS"}, None),
    (
        {
            "LoadBalancerArn": {"Ref": "Public"},
            "Protocol": "HTTP",
            "DefaultActions": [
                {"Type": "redirect", "RedirectConfig": {"Protocol": "HTTPS", "StatusCode": "HTTP_301"}}
            ],
        },
        None,
    ),
]
UNRESOLVED: list[Case] = [
    ({"LoadBalancerArn": {"Ref": "Public"}, "Protocol": {"Ref": "Given"}}, None),
    (
        {"LoadBalancerArn": {"Ref": "Public"}, "Protocol": "HTTP", "DefaultActions": {"Ref": "Given"}},
        None,
    ),
]
OTHER_MATTERS: list[Case] = [
    (
        {
            "LoadBalancerArn": {"Ref": "Inside"},
            "Protocol": "HTTP",
            "DefaultActions": [
                {
                    "Type": "forward",
                    "TargetGroupArn": "arn:aws:elasticloadbalancing:::targetgroup/a/b",
                }
            ],
        },
        None,
    ),
    (
        {
            "LoadBalancerArn": {"Ref": "Edge"},
            "Protocol": "HTTP",
            "DefaultActions": [
                {
                    "Type": "forward",
                    "TargetGroupArn": "arn:aws:elasticloadbalancing:::targetgroup/a/b",
                }
            ],
        },
        None,
    ),
    ({"LoadBalancerArn": {"Ref": "Public"}, "Protocol": "TCP"}, None),
]
WEAK: list[Weak] = [
    (
        "Protocol",
        {
            "LoadBalancerArn": {"Ref": "Public"},
            "Protocol": "HTTP",
            "DefaultActions": [
                {
                    "Type": "forward",
                    "TargetGroupArn": "arn:aws:elasticloadbalancing:::targetgroup/a/b",
                }
            ],
        },
        None,
    ),
    (
        "Protocol",
        {
            "Protocol": "HTTP",
            "DefaultActions": [
                {"Type": "redirect", "RedirectConfig": {"Protocol": "HTTPS", "StatusCode": "HTTP_301"}},
                {
                    "Type": "forward",
                    "TargetGroupArn": "arn:aws:elasticloadbalancing:::targetgroup/a/b",
                },
            ],
        },
        None,
    ),
]


@pytest.mark.parametrize(("properties", "kind"), SOUND)
def test_what_is_sound_is_compliant(
    ask: Callable[..., Answer], properties: dict[str, Any], kind: str | None
) -> None:
    assert isinstance(ask(RULE, properties, resource_type=kind, others=OTHERS), Compliant)


@pytest.mark.parametrize(("properties", "kind"), UNRESOLVED)
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any], kind: str | None) -> None:
    assert isinstance(ask(RULE, properties, resource_type=kind, others=OTHERS), Unknown)


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
