"""A drop that only tells, a mark that nothing reads, and ports that stay open are found."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-FirewallRulesAreWhole"
PASS = 'pass tls any any -> any 443 (tls.sni; content:"d.example.com"; startswith; endswith; sid:1;)'
DATAGRAMS = "drop udp any any -> any any (sid:2;)\ndrop icmp any any -> any any (sid:3;)"
OTHERS = "drop ip any any -> any any (ip_proto:!TCP; ip_proto:!UDP; ip_proto:!ICMP; sid:4;)"
PORTS = 'drop tcp $HOME_NET any -> any !443 (msg:"drop other ports"; flow:to_server; sid:5;)'
MARK = 'alert tcp any any -> any 443 (msg:"opens"; flowbits:set,opened; noalert; sid:6;)'
READ = "drop tcp any any -> any 443 (flow:established; flowbits:isnotset,opened; sid:7;)"


def rules(*lines: str) -> dict[str, Any]:
    return {"RuleGroup": {"RulesSource": {"RulesString": "\n".join(lines)}}}


@pytest.mark.parametrize(
    "properties",
    [
        rules(PASS, DATAGRAMS, OTHERS, PORTS),
        rules(PASS, MARK, READ),
        rules(
            PASS, DATAGRAMS, OTHERS, "drop tcp any any -> any any (flow:not_established, to_server; sid:8;)"
        ),
        rules('alert tls any any -> any any (msg:"seen"; sid:1;)'),
        rules(
            'alert udp any any -> any any (msg:"drop UDP"; sid:1;)', "drop udp any any -> any any (sid:2;)"
        ),
        rules("pass ip any any -> any any (sid:1;)", DATAGRAMS),
    ],
    ids=["kit", "mark", "any port", "tells only", "tells and drops", "nothing is closed"],
)
def test_rules_that_finish_are_compliant(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Compliant)


@pytest.mark.parametrize(
    "properties",
    [
        rules(PASS, DATAGRAMS, OTHERS, PORTS.replace("drop tcp", "alert tcp")),
        rules('alert http any any -> any any (msg:"Blocked host"; sid:1;)'),
        rules(PASS, MARK),
        rules(PASS, MARK, READ.replace("drop", "alert")),
        rules(PASS, DATAGRAMS, PORTS),
        rules(PASS, DATAGRAMS, OTHERS),
        rules(PASS, DATAGRAMS, OTHERS, "drop tcp !$HOME_NET any -> any any (flow:to_server; sid:9;)"),
        rules(PASS, DATAGRAMS, OTHERS, "drop tcp any any -> any any (flow:to_server,established; sid:9;)"),
    ],
    ids=[
        "alerts",
        "says blocked",
        "unread",
        "read to tell",
        "protocols",
        "ports",
        "from outside",
        "too late",
    ],
)
def test_rules_that_do_not_are_found(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    answer = ask(RULE, properties)
    assert isinstance(answer, NonCompliant)
    assert answer.property == "RuleGroup.RulesSource.RulesString"


def test_lists_of_hosts_are_not_asked(ask: Callable[..., Answer]) -> None:
    hosts = {"RulesSourceList": {"GeneratedRulesType": "ALLOWLIST", "Targets": [".example.com"]}}
    assert isinstance(ask(RULE, {"RuleGroup": {"RulesSource": hosts}}), NotApplicable)


def test_a_token_is_unknown(ask: Callable[..., Answer]) -> None:
    given = {"RuleGroup": {"RulesSource": {"RulesString": {"Ref": "Given"}}}}
    assert isinstance(ask(RULE, given), Unknown)
