"""A firewall's rules are taken in the order in which they were written."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, shown

_ORDER = "FirewallPolicy.StatefulEngineOptions.RuleOrder"
_OF_GROUP = "RuleGroup.StatefulRuleOptions.RuleOrder"
_GROUP = "AWS::NetworkFirewall::RuleGroup"


@rule(
    id="OwaspLlm-FirewallUsesStrictOrder",
    boundary=Boundary.EGRESS,
    level=Level.WARNING,
    info="The network firewall sorts its rules by action: every pass comes before every drop.",
    explanation="One wide pass rule, of this group or of another one, beats all drops, and what no rule"
    " matches is let through.",
    remedy="Set StatefulEngineOptions.RuleOrder to STRICT_ORDER, and order the rule groups by priority.",
    source=Source(
        "https://docs.aws.amazon.com/network-firewall/latest/developerguide/suricata-rule-evaluation-order.html",
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
    resource_types=("AWS::NetworkFirewall::FirewallPolicy", _GROUP),
)
def firewall_uses_strict_order(policy: Resource, _graph: TemplateGraph) -> Answer:
    """The default order is DEFAULT_ACTION_ORDER. A group that says nothing is judged with its policy."""
    path = _OF_GROUP if policy.type == _GROUP else _ORDER
    order = policy.get(path)
    if policy.type == _GROUP and order is None:
        return NotApplicable()
    if isinstance(order, Opaque):
        return Unknown(path, order.why)
    if order != "STRICT_ORDER":
        return NonCompliant(path, f"it is {shown(order)}")
    return Compliant("rules are taken in their order")
