"""What the rules of a firewall begin, they finish."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.firewall_policy import OTHER, drops_all_in
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Unresolved

_PATH = "RuleGroup.RulesSource.RulesString"
_LINE = re.compile(
    r"^\s*(?P<action>pass|alert|drop|reject)\s+(?P<protocol>\S+)\s+(?P<source>\S+)\s+\S+\s+(?:->|<>)"
    r"\s+\S+\s+(?P<ports>\S+)\s*\((?P<options>.*)\)\s*$",
    re.MULTILINE,
)
_STOPS = re.compile(r"msg\s*:\s*\"(drop|block|deny|denied|reject|refuse|stop)", re.IGNORECASE)
_MARKS = re.compile(r"flowbits\s*:\s*(set|isset|isnotset)\s*,\s*([\w.&|]+)")
_SAYS = re.compile(r"(msg|sid|rev|gid|metadata|classtype|priority|noalert)\s*(:\s*(\"[^\"]*\"|[^;]*))?;")
_FIRST_PACKET = re.compile(r"flow\s*:\s*(to_server|not_established)(\s*,\s*(to_server|not_established))*\s*;")
_INSIDE = ("any", "$HOME_NET")


class _Line(NamedTuple):
    action: str
    protocol: str
    source: str
    ports: str
    options: str


@rule(
    id="OwaspLlm-FirewallRulesAreWhole",
    boundary=Boundary.EGRESS,
    level=Level.WARNING,
    info="The rules begin something that they do not finish: a drop that only tells, a mark that"
    " nothing reads, ports that stay open.",
    explanation="Who wrote the rules takes the way for closed, and it is not: a connection opens, and"
    " what it carries leaves.",
    remedy="Give the rule the action that its message names, read each mark in a rule that drops,"
    " and drop TCP to all ports that no rule passes.",
    source=Source(
        "https://docs.aws.amazon.com/network-firewall/latest/developerguide/suricata-examples.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM06"),
        owasp_agentic=("ASI02",),
        mitre_atlas=("AML.T0025",),
        nist_csf=("PR.IR",),
        nist_ai_600_1=("Information Security", "Data Privacy"),
        aws_gensec=("GENSEC01-BP02",),
    ),
    resource_types=("AWS::NetworkFirewall::RuleGroup",),
)
def firewall_rules_are_whole(group: Resource, _graph: TemplateGraph) -> Answer:
    """Only texts of rules are read; ports are asked for where UDP and ICMP are dropped by rules."""
    text = group.get(_PATH)
    if isinstance(text, Unresolved):
        return Unknown(_PATH, text.why)
    if not isinstance(text, str):
        return NotApplicable()
    lines = [_Line(*found.groups()) for found in _LINE.finditer(text)]
    problems = [*_only_telling(lines), *_unread(lines), *_open_ports(lines, text)]
    if problems:
        return NonCompliant(_PATH, problems[0])
    return Compliant("its rules do what they say")


def _only_telling(lines: list[_Line]) -> Iterator[str]:
    """A rule that tells may stand beside one that drops the same."""
    dropped = {_what(line) for line in lines if line.action in {"drop", "reject"}}
    for line in lines:
        if line.action in {"alert", "pass"} and _STOPS.search(line.options) and _what(line) not in dropped:
            yield f"a rule says that it drops, and its action is {line.action}"


def _what(line: _Line) -> tuple[str, ...]:
    return (*line[1:4], _SAYS.sub("", line.options).strip())


def _unread(lines: list[_Line]) -> Iterator[str]:
    """Marks that are set and decide nothing, in this group."""
    marks = [(line.action, *found) for line in lines for found in _MARKS.findall(line.options)]
    read = {name for action, kind, name in marks if kind != "set" and action != "alert"}
    for _, kind, name in marks:
        if kind == "set" and name not in read:
            yield f"no rule decides by the mark {name}"


def _open_ports(lines: list[_Line], text: str) -> Iterator[str]:
    passed = [line.ports for line in lines if line.action == "pass"]
    if not passed or "any" in passed or not all(drops_all_in(text, each) for each in ("udp", "icmp")):
        return
    if not drops_all_in(text, OTHER):
        yield "no rule drops protocols that are neither TCP nor UDP nor ICMP"
    if not any(_closes_ports(line) for line in lines):
        yield "no rule drops TCP to other ports than those that pass"


def _closes_ports(line: _Line) -> bool:
    left = _FIRST_PACKET.sub("", _SAYS.sub("", line.options)).strip()
    return (
        line.action in {"drop", "reject"}
        and line.protocol in {"tcp", "ip"}
        and line.source in _INSIDE
        and (line.ports == "any" or line.ports.startswith("!"))
        and not left
    )
