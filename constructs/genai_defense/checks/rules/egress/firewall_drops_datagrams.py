"""A firewall drops UDP and ICMP outright, since no answer is needed to carry data out."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.firewall_policy import drops_all, rule_groups
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Reference, items

_GROUPS = "FirewallPolicy.StatefulRuleGroupReferences"


@rule(
    id="OwaspLlm-FirewallDropsDatagrams",
    boundary=Boundary.EGRESS,
    level=Level.WARNING,
    info="The network firewall drops UDP or ICMP only once both sides have spoken.",
    explanation="The default actions on established connections let the first packet go, so that one-way"
    " datagrams and DNS questions carry data out.",
    remedy="Add the rules 'drop udp any any -> any any' and 'drop icmp any any -> any any', or use the"
    " default action aws:drop_strict.",
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
def firewall_drops_datagrams(policy: Resource, _graph: TemplateGraph) -> Answer:
    """A rule group of somebody else may hold the drops, so it leaves the answer open."""
    if "aws:drop_strict" in items(policy.get("FirewallPolicy.StatefulDefaultActions")):
        return Compliant("aws:drop_strict drops what no rule matches, datagrams included")
    groups = list(rule_groups(policy))
    known = [group for group in groups if isinstance(group, Reference)]
    missing = [
        protocol for protocol in ("udp", "icmp") if not any(drops_all(group, protocol) for group in known)
    ]
    if not missing:
        return Compliant("rules drop all UDP and ICMP")
    what = f"no rule drops all {' and '.join(missing)}"
    if len(known) < len(groups):
        return Unknown(_GROUPS, f"{what}, and not every rule group is in the templates")
    return NonCompliant(_GROUPS, what)
