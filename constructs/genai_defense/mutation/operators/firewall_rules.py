"""Rules of Network Firewall: Suricata's text, lists of domains, rules as objects."""

import re
from collections.abc import Iterator
from typing import Any

from genai_defense.mutation.edit import Path
from genai_defense.mutation.factories import CONVENTIONAL, changed
from genai_defense.mutation.operator import Site, Weakening, operator
from genai_defense.mutation.places import places
from genai_defense.mutation.shapes import is_array, is_object

_GROUP = "AWS::NetworkFirewall::RuleGroup"
_SOURCE = "RuleGroup.RulesSource"
_STOPS = re.compile(r"^\s*(drop|reject)\b")
_PASSES = re.compile(r"^\s*pass\s+ip\s+any\s+any\s+->\s+any\s+any\b")
_MESSAGE = re.compile(r'msg:"([^"]*)"')


def _texts(site: Site) -> Iterator[tuple[Path, list[str]]]:
    for place in places(site.properties, f"{_SOURCE}.RulesString"):
        if isinstance(place.value, str):
            yield place.path, place.value.split("\n")


def _called(line: str) -> str:
    found = _MESSAGE.search(line)
    return found[1] if found else line[:40]


@operator(id="firewall-rule-out", mutant_class=CONVENTIONAL, resource_types=(_GROUP,))
def out(site: Site) -> Iterator[Weakening]:
    """Each line that stops traffic."""
    for path, lines in _texts(site):
        for index, line in enumerate(lines):
            if _STOPS.match(line):
                left = "\n".join([*lines[:index], *lines[index + 1 :]])
                yield site.weakening(f"The rule {_called(line)!r} is gone.", site.edit(path, left))


@operator(id="firewall-rule-alerts", mutant_class=CONVENTIONAL, resource_types=(_GROUP,))
def alerts(site: Site) -> Iterator[Weakening]:
    """Each line that stops traffic only tells."""
    for path, lines in _texts(site):
        for index, line in enumerate(lines):
            if _STOPS.match(line):
                weaker = _STOPS.sub("alert", line)
                made = "\n".join([*lines[:index], weaker, *lines[index + 1 :]])
                yield site.weakening(f"The rule {_called(line)!r} only tells.", site.edit(path, made))


@operator(id="firewall-passes-first", mutant_class=CONVENTIONAL, resource_types=(_GROUP,))
def first(site: Site) -> Iterator[Weakening]:
    """A first line that passes everything, and one that passes every host, where no line does so already."""
    for path, lines in _texts(site):
        if any(_PASSES.match(line) for line in lines):
            continue
        for protocol, what in (("ip", "Everything passes."), ("tls", "Every host passes.")):
            rule = f'pass {protocol} any any -> any any (msg:"for now"; sid:999001; rev:1;)'
            yield site.weakening(what, site.edit(path, "\n".join([rule, *lines])))


@operator(id="firewall-host-wide", mutant_class=CONVENTIONAL, resource_types=(_GROUP,))
def host(site: Site) -> Iterator[Weakening]:
    """Each host that passes, with every name that ends like it."""
    for path, lines in _texts(site):
        for index, line in enumerate(lines):
            if line.startswith("pass") and "startswith; " in line:
                made = "\n".join([*lines[:index], line.replace("startswith; ", ""), *lines[index + 1 :]])
                yield site.weakening(f"{_called(line)!r} takes any name that ends so.", site.edit(path, made))


@operator(id="firewall-domain-wide", mutant_class=CONVENTIONAL, resource_types=(_GROUP,))
def domain(site: Site) -> Iterator[Weakening]:
    """A list of allowed domains takes a whole top-level domain; one of denied domains has one less."""
    for place in places(site.properties, f"{_SOURCE}.RulesSourceList"):
        body: Any = place.value
        targets = body.get("Targets") if is_object(body) else None
        if not is_array(targets):
            continue
        if body.get("GeneratedRulesType") == "ALLOWLIST" and ".com" not in targets:
            yield site.weakening(
                "Every .com passes.", site.edit((*place.path, "Targets"), [*targets, ".com"])
            )
        elif len(targets) > 1:
            for index, name in enumerate(targets):
                left = [*targets[:index], *targets[index + 1 :]]
                yield site.weakening(f"{name} passes.", site.edit((*place.path, "Targets"), left))


@operator(id="firewall-list-reversed", mutant_class=CONVENTIONAL, resource_types=(_GROUP,))
def reversed_list(site: Site) -> Iterator[Weakening]:
    """What was the only thing to pass is the only thing that does not."""
    for place in places(site.properties, f"{_SOURCE}.RulesSourceList.GeneratedRulesType"):
        if place.value == "ALLOWLIST":
            yield site.weakening("Everything else passes.", site.edit(place.path, "DENYLIST"))


ACTION = changed(
    "firewall-stateful-rule-passes",
    CONVENTIONAL,
    _GROUP,
    f"{_SOURCE}.StatefulRules.*.Action",
    lambda raw: "PASS" if raw in ("DROP", "REJECT") else None,
    "What a rule stopped passes ({}).",
)
GROUP_ORDER = changed(
    "firewall-group-order-by-action",
    CONVENTIONAL,
    _GROUP,
    "RuleGroup.StatefulRuleOptions.RuleOrder",
    "DEFAULT_ACTION_ORDER",
    "Rules that pass come first.",
)
