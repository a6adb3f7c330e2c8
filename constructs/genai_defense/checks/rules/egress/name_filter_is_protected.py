"""The DNS firewall cannot be taken off a VPC by one call."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, shown

_PROTECTION = "MutationProtection"


@rule(
    id="OwaspLlm-NameFilterIsProtected",
    boundary=Boundary.EGRESS,
    level=Level.WARNING,
    info="One call takes the DNS firewall off its VPC.",
    explanation="Whoever holds the rights for a moment opens the way out through the resolver, which no route"
    " and no network firewall sees, and closes it again.",
    remedy="Set MutationProtection to ENABLED.",
    source=Source(
        "https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_AssociateFirewallRuleGroup.html",
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
    resource_types=("AWS::Route53Resolver::FirewallRuleGroupAssociation",),
)
def name_filter_is_protected(association: Resource, _graph: TemplateGraph) -> Answer:
    """It is off by default."""
    protection = association.get(_PROTECTION)
    if isinstance(protection, Opaque):
        return Unknown(_PROTECTION, protection.why)
    if protection == "ENABLED":
        return Compliant("the association is protected")
    return NonCompliant(_PROTECTION, f"it is {shown(protection)}")
