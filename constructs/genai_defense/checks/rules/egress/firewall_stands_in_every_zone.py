"""A firewall has an endpoint in each zone from which routes lead to it."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.routes import endpoint, named_in
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, items

_MAPPINGS = "SubnetMappings"


@rule(
    id="OwaspLlm-FirewallStandsInEveryZone",
    boundary=Boundary.EGRESS,
    level=Level.WARNING,
    info="More endpoints of the firewall stand in routes than it has subnets.",
    explanation="A zone has no way out but by hand: somebody in a hurry leads its route round the firewall,"
    " and leaves it so.",
    remedy="Give the firewall a subnet mapping for each zone with workloads.",
    source=Source(
        "https://docs.aws.amazon.com/network-firewall/latest/developerguide/arch-two-zone-igw.html",
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
    resource_types=("AWS::NetworkFirewall::Firewall",),
)
def firewall_stands_in_every_zone(firewall: Resource, graph: TemplateGraph) -> Answer:
    """Each way in which routes compute an endpoint of it is one zone."""
    mappings = firewall.get(_MAPPINGS)
    if isinstance(mappings, Opaque):
        return Unknown(_MAPPINGS, mappings.why)
    used = {
        endpoint(route)
        for route in graph.of_type("AWS::EC2::Route")
        if route.template is firewall.template and firewall in named_in(route, graph)
    }
    if not used:
        return NotApplicable()
    if len(used) > len(items(mappings)):
        return NonCompliant(
            _MAPPINGS, f"routes lead to {len(used)} endpoints, and there are {len(items(mappings))}"
        )
    return Compliant("each endpoint that routes lead to has its subnet")
