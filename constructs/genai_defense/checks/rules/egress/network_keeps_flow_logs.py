"""Who spoke to whom in a network can be told afterwards."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, references


@rule(
    id="OwaspLlm-NetworkKeepsFlowLogs",
    boundary=Boundary.EGRESS,
    level=Level.WARNING,
    info="The network writes no flow log of all its traffic.",
    explanation="After an exfiltration nobody can say from where, to where and how much.",
    remedy="Add an AWS::EC2::FlowLog for the VPC with TrafficType ALL.",
    source=Source("https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html", "2026-11-24"),
    mapping=Risks(
        owasp_llm_2025=("LLM06", "LLM10"),
        owasp_agentic=("ASI10",),
        mitre_atlas=("AML.T0034",),
        nist_csf=("DE.CM", "DE.AE"),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC03-BP01",),
    ),
    resource_types=("AWS::EC2::VPC",),
)
def network_keeps_flow_logs(resource: Resource, graph: TemplateGraph) -> Answer:
    """Flow logs of subnets would each see a part, so they do not count."""
    for log in graph.of_type("AWS::EC2::FlowLog"):
        if not any(found.resource is resource for found in references(log.get("ResourceId"))):
            continue
        traffic = log.get("TrafficType")
        if isinstance(traffic, Opaque):
            return Unknown("FlowLog", traffic.why)
        if traffic in (None, "ALL"):
            return Compliant(f"{log.logical_id} records all traffic")
    return NonCompliant("FlowLog", "no flow log records all of its traffic")
