"""Model caller reaches named hosts."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-ModelCallerReachesNamedHosts"
HTTPS: dict[str, Any] = {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "CidrIp": "0.0.0.0/0"}
STATEMENT = {"Effect": "Allow", "Action": "bedrock:InvokeModel", "Resource": "*"}


def calling(group: dict[str, Any], **more: object) -> dict[str, Any]:
    policy = {"PolicyName": "p", "PolicyDocument": {"Statement": [STATEMENT]}}
    others = {
        "Role": {"Type": "AWS::IAM::Role", "Properties": {"Policies": [policy]}},
        "Group": {"Type": "AWS::EC2::SecurityGroup", "Properties": group},
        **more,
    }
    vpc = {"SecurityGroupIds": [{"Fn::GetAtt": ["Group", "GroupId"]}]}
    return {"properties": {"Role": {"Fn::GetAtt": ["Role", "Arn"]}, "VpcConfig": vpc}, "others": others}


@pytest.mark.parametrize(
    "case",
    [
        calling({"SecurityGroupEgress": [HTTPS]}),
        calling({"SecurityGroupEgress": [{**HTTPS, "CidrIp": "255.255.255.255/32"}]}),
        calling(
            {},
            Rule={
                "Type": "AWS::EC2::SecurityGroupEgress",
                "Properties": {"GroupId": {"Ref": "Group"}, **HTTPS},
            },
        ),
    ],
)
def test_what_is_sound_is_left_alone(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Compliant)


@pytest.mark.parametrize(
    "case",
    [
        calling({}),
        calling({"SecurityGroupEgress": [{"IpProtocol": "-1", "CidrIp": "0.0.0.0/0"}]}),
        calling(
            {
                "SecurityGroupEgress": [
                    {"IpProtocol": "tcp", "FromPort": 0, "ToPort": 65535, "CidrIpv6": "::/0"}
                ]
            }
        ),
    ],
)
def test_what_breaks_the_promise_is_found(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NonCompliant)


@pytest.mark.parametrize(
    "case",
    [
        calling({"SecurityGroupEgress": [{"Ref": "Given"}]}),
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Unknown)


@pytest.mark.parametrize(
    "case",
    [
        {"properties": {}},
        {**calling({}), "properties": {"VpcConfig": {"SecurityGroupIds": [{"Ref": "Group"}]}}},
    ],
)
def test_what_it_does_not_concern_is_not_asked(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NotApplicable)
