"""What leaves through a firewall's endpoint comes back through the same one."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable
from genai_defense.checks.routes import Way, destination, endpoint, subnets_of, way_of
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Reference, shown

_ANYWHERE = ("0.0.0.0/0", "::/0")


@rule(
    id="OwaspLlm-FirewallRoutesAreSymmetric",
    boundary=Boundary.EGRESS,
    level=Level.WARNING,
    info="Connections leave through a firewall endpoint, and their answers take another way.",
    explanation="The firewall sees half of each connection: it drops good ones, or judges without having seen"
    " what the server said.",
    remedy="Where the answers arrive, add a route for the subnet's range to the same firewall endpoint.",
    source=Source(
        "https://docs.aws.amazon.com/network-firewall/latest/developerguide/vpc-config.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM06"),
        owasp_agentic=("ASI02",),
        mitre_atlas=("AML.T0025",),
        nist_csf=("PR.IR",),
        nist_ai_600_1=("Information Security", "Data Privacy"),
        aws_gensec=("GENSEC01-BP02",),
    ),
    resource_types=("AWS::EC2::Route",),
)
def firewall_routes_are_symmetric(route: Resource, graph: TemplateGraph) -> Answer:
    """Only default routes to a firewall endpoint are asked."""
    table = route.get("RouteTableId")
    if (
        destination(route) not in _ANYWHERE
        or way_of(route, graph) is not Way.FIREWALL
        or not isinstance(table, Reference)
    ):
        return NotApplicable()
    back = [
        each
        for each in graph.of_type("AWS::EC2::Route")
        if each.template is route.template
        and endpoint(each) == endpoint(route)
        and each.get("RouteTableId") != table
    ]
    for subnet in subnets_of(table.resource, graph):
        block = subnet.get("CidrBlock")
        if not any(destination(each) == block for each in back):
            return NonCompliant(
                "VpcEndpointId", f"no other table sends {shown(block)} back through this endpoint"
            )
    return Compliant("answers come back through the same endpoint")
