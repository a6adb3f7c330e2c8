"""A managed group's rules against known exploits and known attackers stop them."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Value, dig, items
from genai_defense.checks.web_acls import managed_groups

# Nothing that a person writes to a chatbot looks like these; rules on bodies of any text are left alone.
_CERTAIN = (
    "AWSManagedIPReputationList",
    "AWSManagedReconnaissanceList",
    "ExploitablePaths_URIPATH",
    "Host_localhost_HEADER",
    "JavaDeserializationRCE_",
    "Log4JRCE_",
    "PROPFIND_METHOD",
)
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
def web_acl_group_rules_stop(web_acl: Resource, _graph: TemplateGraph) -> Answer:
    """Counting a rule that mistakes prompts for attacks is a choice, and not asked about."""
    groups = list(managed_groups(web_acl))
    for path, _, rule_ in groups:
        overrides, excluded = (
            dig(rule_, f"{_GROUP}.{name}") for name in ("RuleActionOverrides", "ExcludedRules")
        )
        for value in (overrides, excluded):
            if isinstance(value, Opaque):
                return Unknown(f"{path}.{_GROUP}", value.why)
        counted = [dig(each, "Name") for each in items(overrides) if _lets_through(each)]
        for name in (*counted, *(dig(each, "Name") for each in items(excluded))):
            if isinstance(name, str) and name.startswith(_CERTAIN):
                return NonCompliant(f"{path}.{_GROUP}", f"{name} only counts")
    return Compliant("known exploits are stopped") if groups else NotApplicable()


def _lets_through(override: Value) -> bool:
    action = dig(override, "ActionToUse")
    return isinstance(action, dict) and ("Count" in action or "Allow" in action)
