"""Firewall rules decide."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-FirewallRulesDecide"
ENDS = ("Source", "SourcePort", "Destination", "DestinationPort", "Protocol")
ANYTHING: dict[str, Any] = {"Action": "PASS", "Header": dict.fromkeys(ENDS, "ANY"), "RuleOptions": []}
PASSING: dict[str, Any] = {"Priority": 1, "RuleDefinition": {"Actions": ["aws:pass"], "MatchAttributes": {}}}


def source(**fields: object) -> dict[str, Any]:
    return {"properties": {"RuleGroup": {"RulesSource": fields}}}


def rules(text: object) -> dict[str, Any]:
    return source(RulesString=text)


@pytest.mark.parametrize(
    "case",
    [
        rules(
            'pass tls any any -> any 443 (tls.sni; content:"docs.example.com"; startswith; endswith; sid:1;)'
        ),
        rules('pass tls any any -> any 443 (tls.sni; content:".example.com"; endswith; sid:5;)'),
        rules('pass tls any any -> any 443 (tls.sni; dotprefix; content:".example.com"; endswith; sid:6;)'),
        rules("pass tcp any any -> any 443 (flow:not_established, to_server; sid:2;)"),
        rules("drop ip any any -> any any (sid:3;)"),
        rules("pass udp any any -> 10.0.0.2/32 53 (sid:4;)"),
        source(RulesSourceList={"GeneratedRulesType": "ALLOWLIST", "Targets": [".example.com"]}),
        source(RulesSourceList={"GeneratedRulesType": "DENYLIST", "Targets": [".com"]}),
    ],
)
def test_what_is_sound_is_left_alone(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Compliant)


@pytest.mark.parametrize(
    "case",
    [
        rules("pass ip any any -> any any (sid:1;)"),
        rules("drop udp any any -> any any (sid:1;)\npass tcp $HOME_NET any -> any 443 (sid:2;)"),
        rules('pass tls any any -> any any (tls.sni; content:".com"; endswith; sid:1;)'),
        source(RulesSourceList={"GeneratedRulesType": "ALLOWLIST", "Targets": [".com"]}),
        source(StatefulRules=[ANYTHING]),
        source(StatelessRulesAndCustomActions={"StatelessRules": [PASSING]}),
    ],
)
def test_what_breaks_the_promise_is_found(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NonCompliant)


@pytest.mark.parametrize(
    "case",
    [
        rules({"Ref": "Given"}),
        {"properties": {"RuleGroup": {"Ref": "Given"}}},
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Unknown)


@pytest.mark.parametrize("options", ["endswith; nocase;", "startswith;", ""])
@pytest.mark.parametrize("where", ["tls.sni", "http.host"])
def test_a_name_that_may_stand_anywhere_is_found(
    ask: Callable[..., Answer], where: str, options: str
) -> None:
    line = f'pass tls any any -> any 443 ({where}; content:"docs.example.com"; {options} sid:1;)'
    assert isinstance(ask(RULE, **rules(line)), NonCompliant)
