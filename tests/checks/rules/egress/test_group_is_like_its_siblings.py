"""The only group, and the only rule, that lets out to everybody is found."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-GroupIsLikeItsSiblings"
GROUP, EGRESS = "AWS::EC2::SecurityGroup", "AWS::EC2::SecurityGroupEgress"
TLS: dict[str, Any] = {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443}
PEER: dict[str, Any] = {**TLS, "DestinationSecurityGroupId": "sg-0123456789abcdef0"}
EVERYBODY: dict[str, Any] = {**TLS, "CidrIp": "0.0.0.0/0"}


def groups(*rules: object) -> dict[str, Any]:
    return {
        f"G{i}": {"Type": GROUP, "Properties": {} if rule is None else {"SecurityGroupEgress": [rule]}}
        for i, rule in enumerate(rules)
    }


def standing(number: int, rule: dict[str, Any] = PEER) -> dict[str, Any]:
    return {f"E{i}": {"Type": EGRESS, "Properties": {"GroupId": "sg-1", **rule}} for i in range(number)}


def test_what_names_its_peer_is_compliant(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, {"SecurityGroupEgress": [PEER]}, others=groups(PEER, PEER, PEER)), Compliant)
    answer = ask(RULE, {"GroupId": "sg-1", **PEER}, others=standing(3), resource_type=EGRESS)
    assert isinstance(answer, Compliant)


@pytest.mark.parametrize("properties", [{}, {"SecurityGroupEgress": [EVERYBODY]}])
def test_the_only_group_that_lets_everything_out_is_found(
    ask: Callable[..., Answer], properties: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, properties, others=groups(PEER, PEER, PEER)), NonCompliant)


def test_a_rule_that_stands_alone_counts_for_its_group(ask: Callable[..., Answer]) -> None:
    own = {"Own": {"Type": EGRESS, "Properties": {"GroupId": {"Ref": "Subject"}, **PEER}}}
    assert isinstance(ask(RULE, {}, others={**groups(PEER, PEER, PEER), **own}), Compliant)


def test_the_only_rule_to_everybody_is_found(ask: Callable[..., Answer]) -> None:
    answer = ask(RULE, {"GroupId": "sg-1", **EVERYBODY}, others=standing(3), resource_type=EGRESS)
    assert isinstance(answer, NonCompliant)
    assert answer.property == "CidrIp"


@pytest.mark.parametrize("others", [groups(), groups(PEER, PEER), groups(None, None, PEER, PEER, PEER)])
def test_where_there_is_no_practice_nobody_is_asked(
    ask: Callable[..., Answer], others: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, {}, others=others), NotApplicable)


def test_a_token_is_unknown(ask: Callable[..., Answer]) -> None:
    given = {"SecurityGroupEgress": {"Ref": "Given"}}
    assert isinstance(ask(RULE, given, others=groups(PEER, PEER, PEER)), Unknown)
