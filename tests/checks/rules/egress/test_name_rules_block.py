"""Name rules block."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-NameRulesBlock"


def group(action: object, domains: tuple[str, ...] | list[str] = ("*",)) -> dict[str, Any]:
    names = {"Type": "AWS::Route53Resolver::FirewallDomainList", "Properties": {"Domains": list(domains)}}
    rule = {"Action": action, "Priority": 1, "FirewallDomainListId": {"Ref": "Names"}}
    return {"properties": {"FirewallRules": [rule]}, "others": {"Names": names}}


@pytest.mark.parametrize(
    "case",
    [
        group("BLOCK"),
        group("ALLOW", ["example.com", "*.example.com"]),
    ],
)
def test_what_is_sound_is_left_alone(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Compliant)


@pytest.mark.parametrize(
    "case",
    [
        group("ALERT", ["evil.example"]),
        group("ALLOW"),
        group("ALERT"),
        group("ALLOW", ["example.com", "*.com"]),
        {"properties": {"FirewallRules": []}},
        {"properties": {}},
    ],
)
def test_what_breaks_the_promise_is_found(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NonCompliant)


@pytest.mark.parametrize(
    "case",
    [
        group({"Ref": "Given"}),
        {"properties": {"FirewallRules": {"Ref": "Given"}}},
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Unknown)


def test_one_kind_of_question_is_not_every_question(ask: Callable[..., Answer]) -> None:
    case = group("BLOCK")
    (whole,) = case["properties"]["FirewallRules"]
    narrow = {**whole, "Qtype": "TXT", "Priority": 0}
    assert isinstance(ask(RULE, {"FirewallRules": [narrow]}, others=case["others"]), NonCompliant)
    assert isinstance(ask(RULE, {"FirewallRules": [narrow, whole]}, others=case["others"]), Compliant)
