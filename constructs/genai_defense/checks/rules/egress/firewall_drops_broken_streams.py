"""A connection that a firewall lost track of is ended, not waved through."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, shown

_POLICY = "FirewallPolicy.StatefulEngineOptions.StreamExceptionPolicy"
_CLOSED = ("DROP", "REJECT")


@rule(
    id="OwaspLlm-FirewallDropsBrokenStreams",
    boundary=Boundary.EGRESS,
    level=Level.WARNING,
    info="The network firewall goes on with connections whose beginning it did not see.",
    explanation="The rest of a connection is judged without its host name, so that rules on protocols and"
    " hosts never match it.",
    remedy="Set StatefulEngineOptions.StreamExceptionPolicy to DROP or REJECT.",
    source=Source(
        "https://docs.aws.amazon.com/network-firewall/latest/APIReference/API_StatefulEngineOptions.html",
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
    resource_types=("AWS::NetworkFirewall::FirewallPolicy",),
)
def firewall_drops_broken_streams(policy: Resource, _graph: TemplateGraph) -> Answer:
    """Drop and reject both fail closed."""
    chosen = policy.get(_POLICY)
    if isinstance(chosen, Opaque):
        return Unknown(_POLICY, chosen.why)
    if chosen not in _CLOSED:
        return NonCompliant(_POLICY, f"it is {shown(chosen)}")
    return Compliant(f"a broken stream meets {chosen}")
