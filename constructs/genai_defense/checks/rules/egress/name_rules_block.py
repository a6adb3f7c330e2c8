"""A DNS firewall blocks; it does not only write down."""

import re

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Reference, Unresolved, Value, dig, items, shown

_TOP = re.compile(r"\*\.[a-z]+\.?", re.IGNORECASE)


@rule(
    id="OwaspLlm-NameRulesBlock",
    boundary=Boundary.EGRESS,
    level=Level.ERROR,
    info="The rule group only alerts, or lets every name through.",
    explanation="Questions for secret.evil.example are answered, and carry the secret out.",
    remedy="Use BLOCK for what is not wanted, last for '*', and ALLOW for named domains only.",
    source=Source(
        "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-dns-firewall-rule-actions.html",
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
    resource_types=("AWS::Route53Resolver::FirewallRuleGroup",),
)
def name_rules_block(resource: Resource, _graph: TemplateGraph) -> Answer:
    """A group that only allows named domains leaves the blocking to another group."""
    listed = resource.get("FirewallRules")
    if isinstance(listed, Unresolved):
        return Unknown("FirewallRules", listed.why)
    actions = [dig(each, "Action") for each in items(listed)]
    if opaque := next((each for each in actions if isinstance(each, Opaque)), None):
        return Unknown("FirewallRules", opaque.why)
    if not actions or set(actions) == {"ALERT"}:
        return NonCompliant("FirewallRules", "its rules only alert" if actions else "it has no rule")
    for index, each in enumerate(items(listed)):
        if problem := _problem(each, actions):
            return NonCompliant(f"FirewallRules.{index}", problem)
    return Compliant("it blocks, or allows named domains")


def _problem(rule_: Value, actions: list[Value]) -> str:
    """What is wrong with one rule of a group; empty where nothing is."""
    domains = dig(rule_, "FirewallDomainListId")
    names = items(domains.resource.get("Domains")) if isinstance(domains, Reference) else []
    action, kind = dig(rule_, "Action"), dig(rule_, "Qtype")
    wide = sorted(name for name in names if isinstance(name, str) and _TOP.fullmatch(name))
    if action == "ALLOW" and wide:
        return f"{wide[0]} is a whole part of the internet"
    if "*" not in names:
        return ""
    if action != "BLOCK" and kind is None:
        return f"every name is met by {shown(action)}"
    if action == "BLOCK" and kind is not None and actions.count("BLOCK") == 1:
        return "it blocks one kind of question of every name, and no rule blocks the others"
    return ""
