"""A function that may invoke a model has no way out but through a firewall."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown, worst
from genai_defense.checks.model_callers import may_call_models
from genai_defense.checks.routes import Way, destination, routes_of, tables_of, way_of
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Reference, items, shown

_SUBNETS = "VpcConfig.SubnetIds"


@rule(
    id="OwaspLlm-ModelCallerLeavesThroughFirewall",
    boundary=Boundary.EGRESS,
    level=Level.WARNING,
    info="The function may invoke a model, and its subnets have a route that avoids every firewall.",
    explanation="Injected instructions, or a dependency that was taken over, send conversations to any server"
    " on the internet.",
    remedy="Take the route to the internet or NAT gateway away, or let it lead to a firewall endpoint"
    " (VpcEndpointId).",
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
    resource_types=("AWS::Lambda::Function",),
)
def model_caller_leaves_through_firewall(function: Resource, graph: TemplateGraph) -> Answer:
    """Outside a VPC another rule speaks up."""
    subnets = function.get(_SUBNETS)
    if subnets is None or not may_call_models(function, graph):
        return NotApplicable()
    return worst(
        _of_subnet(each.resource, graph)
        if isinstance(each, Reference)
        else Unknown(_SUBNETS, f"the routes of a subnet are not in the templates ({shown(each)})")
        for each in items(subnets)
    )


def _of_subnet(subnet: Resource, graph: TemplateGraph) -> Answer:
    for table in tables_of(subnet, graph):
        for route in routes_of(table, graph):
            way = way_of(route, graph)
            what = f"{subnet.logical_id} sends {shown(destination(route))} {way.value} ({route.logical_id})"
            if way is Way.AROUND:
                return NonCompliant(_SUBNETS, what)
            if way is Way.UNKNOWN:
                return Unknown(_SUBNETS, what)
    return Compliant("no route of its subnets avoids the firewall")
