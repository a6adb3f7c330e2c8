"""A workload has no address on the internet."""

from collections.abc import Iterator

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Reference, Value, dig, flag, items

_TASKS = "NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp"


@rule(
    id="OwaspLlm-WorkloadHasNoPublicAddress",
    boundary=Boundary.EGRESS,
    level=Level.ERROR,
    info="The task or instance gets a public address, or stands in a subnet that gives one.",
    explanation="It is reached past load balancer and web ACL, and sends past firewall and proxy.",
    remedy="Set AssignPublicIp to DISABLED, or use subnets without MapPublicIpOnLaunch.",
    source=Source(
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/networking-outbound.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM06"),
        owasp_agentic=("ASI02",),
        mitre_atlas=("AML.T0025",),
        nist_csf=("PR.IR",),
        nist_ai_600_1=("Information Security", "Data Privacy"),
        aws_gensec=("GENSEC01-BP02",),
    ),
    resource_types=("AWS::ECS::Service", "AWS::EC2::Instance", "AWS::EC2::LaunchTemplate"),
)
def workload_has_no_public_address(resource: Resource, _graph: TemplateGraph) -> Answer:
    """A subnet that gives addresses is sound for load balancers and NAT gateways, not for workloads."""
    for path, value in _settings(resource):
        public = value == "ENABLED" or flag(value if value != "DISABLED" else False, default=False)
        if isinstance(public, Opaque):
            return Unknown(path, public.why)
        if public:
            return NonCompliant(path, "it gets a public address")
    return Compliant("it gets no public address")


def _settings(workload: Resource) -> Iterator[tuple[str, Value]]:
    if workload.type == "AWS::ECS::Service":
        yield _TASKS, workload.get(_TASKS)
        return
    prefix = "LaunchTemplateData." if workload.type == "AWS::EC2::LaunchTemplate" else ""
    interfaces = workload.get(f"{prefix}NetworkInterfaces")
    for index, each in enumerate(items(interfaces)):
        value = each if isinstance(each, Opaque) else dig(each, "AssociatePublicIpAddress")
        yield f"{prefix}NetworkInterfaces.{index}", value
    subnet = workload.get("SubnetId") if workload.type == "AWS::EC2::Instance" else None
    if isinstance(subnet, Reference):
        yield "SubnetId", subnet.resource.get("MapPublicIpOnLaunch")
