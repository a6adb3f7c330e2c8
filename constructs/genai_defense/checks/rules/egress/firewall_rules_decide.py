"""No rule of a firewall lets everything pass."""

import re
from collections.abc import Iterator

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.reach import literally
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Unresolved, Value, dig, items

_SOURCE = "RuleGroup.RulesSource"
_ENDS = ("Source", "SourcePort", "Destination", "DestinationPort")
_OUTSIDE = r"(any|\$EXTERNAL_NET|0\.0\.0\.0/0)"
_PASS = re.compile(
    r"^\s*pass\s+(ip|tcp|udp|tls|http)\s+\S+\s+\S+\s+(->|<>)\s+" + _OUTSIDE + r"\s+\S+\s*\((.*)\)"
)
# What tells one host, flow or content from another.
_CHOOSES = re.compile(r"\b(content|pcre|dataset|tls\.|http\.|ja3|geoip|flowbits|dns|flow:\s*not_established)")
# A name that may stand anywhere in the host: evil-example.com ends like example.com.
_HALF_NAME = re.compile(
    r"^\s*pass\b.*(tls\.sni|http\.host)\s*;\s*(dotprefix;\s*)?content:\s*\"[^.\"|][^\"]*\""
)
_WHOLE_NAME = re.compile(r"startswith\s*;.*endswith|endswith\s*;.*startswith|bsize\s*:|dotprefix")
_WIDE_NAME = re.compile(r"^\s*pass\b.*content:\s*\"\.?[a-z]+\"\s*;.*endswith")


@rule(
    id="OwaspLlm-FirewallRulesDecide",
    boundary=Boundary.EGRESS,
    level=Level.ERROR,
    info="A rule of the group passes traffic whatever its host is.",
    explanation="One line undoes the allow-list: injected instructions send what the model sees to anywhere.",
    remedy="Name hosts in the rules that pass, and leave the rest to the default action.",
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
def firewall_rules_decide(resource: Resource, _graph: TemplateGraph) -> Answer:
    """Names of one label, such as .com, are no choice either."""
    source = resource.get(_SOURCE)
    if isinstance(source, Opaque):
        return Unknown(_SOURCE, source.why)
    if isinstance(text := dig(source, "RulesString"), Unresolved):
        return Unknown(f"{_SOURCE}.RulesString", text.why)
    wide = (*_in_text(text), *_in_rules(source), *_in_stateless(source), *_in_hosts(source))
    return wide[0] if wide else Compliant("no rule passes everything")


def _in_text(text: Value) -> Iterator[NonCompliant]:
    for line in literally(text).splitlines() if text is not None else ():
        found = _PASS.match(line)
        if (found and _CHOOSES.search(found[4]) is None) or _WIDE_NAME.search(line):
            yield NonCompliant(f"{_SOURCE}.RulesString", f"{line.strip()[:80]!r} passes everything")
        elif _HALF_NAME.search(line) and not _WHOLE_NAME.search(line):
            what = f"{line.strip()[:80]!r} passes any name that has this in it"
            yield NonCompliant(f"{_SOURCE}.RulesString", what)


def _in_rules(source: Value) -> Iterator[NonCompliant]:
    for index, entry in enumerate(items(dig(source, "StatefulRules"))):
        header = dig(entry, "Header")
        if dig(entry, "Action") == "PASS" and all(dig(header, part) == "ANY" for part in _ENDS):
            yield NonCompliant(f"{_SOURCE}.StatefulRules.{index}", "it passes everything")


def _in_stateless(source: Value) -> Iterator[NonCompliant]:
    path = "StatelessRulesAndCustomActions.StatelessRules"
    for index, entry in enumerate(items(dig(source, path))):
        if "aws:pass" in items(dig(entry, "RuleDefinition.Actions")) and _everywhere(entry):
            yield NonCompliant(f"{_SOURCE}.{path}.{index}", "it passes everything")


def _in_hosts(source: Value) -> Iterator[NonCompliant]:
    hosts = dig(source, "RulesSourceList")
    for name in items(dig(hosts, "Targets")) if dig(hosts, "GeneratedRulesType") == "ALLOWLIST" else ():
        if isinstance(name, str) and "." not in name.strip("*."):
            yield NonCompliant(
                f"{_SOURCE}.RulesSourceList.Targets", f"{name} is a whole part of the internet"
            )


def _everywhere(entry: Value) -> bool:
    listed = items(dig(entry, "RuleDefinition.MatchAttributes.Destinations"))
    return not listed or any(dig(each, "AddressDefinition") in ("0.0.0.0/0", "::/0") for each in listed)
