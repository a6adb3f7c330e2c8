"""A managed group's rules against known exploits and known attackers stop them."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Value, dig, items
from genai_defense.checks.web_acls import managed_groups

# Nothing that a person writes to a chatbot looks like these; rules on bodies of any text are left alone.
_CERTAIN = (
    "AnonymousIPList",
    "AWSManagedIPReputationList",
    "AWSManagedReconnaissanceList",
    "ExploitablePaths_URIPATH",
    "Host_localhost_HEADER",
    "JavaDeserializationRCE_",
    "Log4JRCE_",
    "PROPFIND_METHOD",
)
_OTHERS = 2
_GROUP = "Statement.ManagedRuleGroupStatement"


@rule(
    id="OwaspLlm-WebAclGroupRulesStop",
    boundary=Boundary.USER_INTERFACE,
    level=Level.WARNING,
    info="The web ACL only counts what a managed group's rule against known exploits or attackers finds.",
    explanation="The group is there and looks as if it acted, and lets in exploits that every scanner tries.",
    remedy="Take the rule out of RuleActionOverrides and ExcludedRules.",
    source=Source(
        "https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM10",),
        owasp_agentic=("ASI08",),
        mitre_atlas=("AML.T0029", "AML.T0034"),
        nist_csf=("PR.IR",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC04-BP02",),
    ),
    resource_types=("AWS::WAFv2::WebACL",),
)
def web_acl_group_rules_stop(web_acl: Resource, graph: TemplateGraph) -> Answer:
    """Counting a rule that mistakes prompts for attacks is a choice, and not asked about alone."""
    groups = list(managed_groups(web_acl))
    for path, group, rule_ in groups:
        for name in (f"{_GROUP}.RuleActionOverrides", f"{_GROUP}.ExcludedRules"):
            if isinstance(value := dig(rule_, name), Opaque):
                return Unknown(f"{path}.{_GROUP}", value.why)
        for name in _counted(rule_):
            if name.startswith(_CERTAIN) or _stop_elsewhere(web_acl, group, name, graph):
                return NonCompliant(f"{path}.{_GROUP}", f"{name} only counts")
    return Compliant("known exploits are stopped") if groups else NotApplicable()


def _counted(group: Value) -> list[str]:
    """The rules of a group that stop nothing."""
    overrides, excluded = (
        items(dig(group, f"{_GROUP}.{name}")) for name in ("RuleActionOverrides", "ExcludedRules")
    )
    names = [*(dig(each, "Name") for each in overrides if _lets_through(each))]
    names += [dig(each, "Name") for each in excluded]
    return [name for name in names if isinstance(name, str)]


def _stop_elsewhere(web_acl: Resource, group: str, name: str, graph: TemplateGraph) -> bool:
    """Whether all other web ACLs of the deployment with the group, two or more, let the rule stop."""
    others = [
        name not in _counted(rule_)
        for other in graph.of_type(web_acl.type)
        if other is not web_acl
        for _, known, rule_ in managed_groups(other)
        if known == group
    ]
    return len(others) >= _OTHERS and all(others)


def _lets_through(override: Value) -> bool:
    action = dig(override, "ActionToUse")
    return isinstance(action, dict) and ("Count" in action or "Allow" in action)
