"""Where workloads stand, nothing gets a public address by itself."""

from genai_defense.checks.answer import Answer
from genai_defense.checks.routes import routes_of, tables_of
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.siblings import Held, Practice, as_siblings_do
from genai_defense.checks.switches import switched
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, flag

_WORKLOADS = (
    "AWS::AutoScaling::AutoScalingGroup",
    "AWS::EC2::Instance",
    "AWS::ECS::Service",
    "AWS::EKS::Nodegroup",
    "AWS::Lambda::Function",
    "AWS::NetworkFirewall::Firewall",
    "AWS::OpenSearchService::Domain",
    "AWS::RDS::DBSubnetGroup",
    "AWS::SageMaker::Domain",
    "AWS::SageMaker::Model",
    "AWS::SageMaker::NotebookInstance",
)


def _gives_none(subnet: Resource, graph: TemplateGraph) -> Held:
    """Only subnets with a route to an internet gateway are compared."""
    ways = (route.get("GatewayId") for table in tables_of(subnet, graph) for route in routes_of(table, graph))
    if not any(way is not None for way in ways):
        return None
    gives = flag(subnet.get(_MAPS), default=False)
    return gives if isinstance(gives, Opaque) else not gives


_MAPS = "MapPublicIpOnLaunch"
_PUBLIC = Practice(
    property=_MAPS,
    types=("AWS::EC2::Subnet",),
    held=_gives_none,
    otherwise="what starts there is on the internet",
    least=2,
)


@rule(
    id="OwaspLlm-SubnetGivesNoPublicAddress",
    boundary=Boundary.EGRESS,
    level=Level.WARNING,
    info="The subnet gives public addresses, and workloads stand in it.",
    explanation="A task or instance that somebody adds is on the internet, past load balancer and firewall.",
    remedy="Set MapPublicIpOnLaunch to false, and keep load balancers and NAT gateways in subnets of"
    " their own.",
    source=Source("https://docs.aws.amazon.com/vpc/latest/userguide/subnet-public-ip.html", "2026-11-24"),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM06"),
        owasp_agentic=("ASI02",),
        mitre_atlas=("AML.T0025",),
        nist_csf=("PR.IR",),
        nist_ai_600_1=("Information Security", "Data Privacy"),
        aws_gensec=("GENSEC01-BP02",),
    ),
    resource_types=("AWS::EC2::Subnet",),
)
def subnet_gives_no_public_address(resource: Resource, graph: TemplateGraph) -> Answer:
    """A subnet of load balancers and NAT gateways alone is compared with the others of its kind."""
    users = [each for each in graph.referrers(resource) if each.type in _WORKLOADS]
    if not users:
        return as_siblings_do(resource, graph, _PUBLIC)
    return switched(resource, _MAPS, to=False, default=False, why=f"{users[0].logical_id} stands there")
