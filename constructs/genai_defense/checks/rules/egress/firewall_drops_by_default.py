"""What no rule of a firewall decides is dropped."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import items, shown

_STATELESS = ("FirewallPolicy.StatelessDefaultActions", "FirewallPolicy.StatelessFragmentDefaultActions")
_STATEFUL = "FirewallPolicy.StatefulDefaultActions"
_LOOKED_AT = {"aws:forward_to_sfe", "aws:drop"}


@rule(
    id="OwaspLlm-FirewallDropsByDefault",
    boundary=Boundary.EGRESS,
    level=Level.ERROR,
    info="The network firewall lets through what none of its rules names.",
    explanation="Injected instructions send what the model sees to any server that nobody thought to forbid.",
    remedy="Forward everything to the stateful engine (aws:forward_to_sfe), and give it a default action that"
    " drops (aws:drop_established_app_layer_to_server, or a stricter one).",
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
    resource_types=("AWS::NetworkFirewall::FirewallPolicy",),
)
def firewall_drops_by_default(policy: Resource, _graph: TemplateGraph) -> Answer:
    """Without a stateful default action everything passes."""
    for path in _STATELESS:
        actions = items(policy.get(path))
        if opaque := [action for action in actions if not isinstance(action, str)]:
            return Unknown(path, shown(opaque[0]))
        if not _LOOKED_AT & {str(action) for action in actions}:
            return NonCompliant(path, f"it is {shown(policy.get(path))}: packets pass uninspected")
    defaults = items(policy.get(_STATEFUL))
    if any(isinstance(action, str) and action.startswith("aws:drop_") for action in defaults):
        return Compliant("everything is inspected, and dropped where no rule decides")
    if opaque := [action for action in defaults if not isinstance(action, str)]:
        return Unknown(_STATEFUL, shown(opaque[0]))
    return NonCompliant(_STATEFUL, "no action drops what no rule matches")
