"""A firewall cannot be deleted, nor given another policy, by one call."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, flag

_PROTECTIONS = ("DeleteProtection", "FirewallPolicyChangeProtection")


@rule(
    id="OwaspLlm-FirewallIsProtected",
    boundary=Boundary.EGRESS,
    level=Level.WARNING,
    info="One call deletes the network firewall, or puts an open policy in its place.",
    explanation="Whoever holds the rights for a moment opens the way out and closes it again.",
    remedy="Set DeleteProtection and FirewallPolicyChangeProtection to true.",
    source=Source(
        "https://docs.aws.amazon.com/network-firewall/latest/APIReference/API_Firewall.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM06"),
        owasp_agentic=("ASI02",),
        mitre_atlas=("AML.T0025",),
        nist_csf=("PR.IR",),
        nist_ai_600_1=("Information Security", "Data Privacy"),
        aws_gensec=("GENSEC01-BP02",),
    ),
    resource_types=("AWS::NetworkFirewall::Firewall",),
)
def firewall_is_protected(firewall: Resource, _graph: TemplateGraph) -> Answer:
    """Both are off by default."""
    for name in _PROTECTIONS:
        protected = flag(firewall.get(name), default=False)
        if isinstance(protected, Opaque):
            return Unknown(name, protected.why)
        if not protected:
            return NonCompliant(name, "it is off")
    return Compliant("both protections are on")
