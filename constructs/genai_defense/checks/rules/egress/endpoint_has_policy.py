"""Every way into AWS from the network has a policy of its own."""

from genai_defense.checks.answer import Answer, NotApplicable, Unknown
from genai_defense.checks.endpoint_policies import service_of
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.switches import named
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Unresolved


@rule(
    id="OwaspLlm-EndpointHasPolicy",
    boundary=Boundary.EGRESS,
    level=Level.WARNING,
    info="The endpoint has no policy, so it lets everything through.",
    explanation="Code in the VPC uses the service with credentials of a foreign account, and carries data"
    " there.",
    remedy="Give the endpoint a PolicyDocument that names callers, actions and resources.",
    source=Source(
        "https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM06"),
        owasp_agentic=("ASI02",),
        mitre_atlas=("AML.T0025",),
        nist_csf=("PR.IR",),
        nist_ai_600_1=("Information Security", "Data Privacy"),
        aws_gensec=("GENSEC01-BP02",),
    ),
    resource_types=("AWS::EC2::VPCEndpoint",),
)
def endpoint_has_policy(resource: Resource, _graph: TemplateGraph) -> Answer:
    """Endpoints for Bedrock have a stricter rule of their own; services of others take no such policy."""
    service = service_of(resource)
    if (
        service is None
        or service.startswith("bedrock")
        or resource.get("VpcEndpointType") == "GatewayLoadBalancer"
    ):
        return NotApplicable()
    document = resource.get("PolicyDocument")
    if isinstance(document, Unresolved):
        return Unknown("PolicyDocument", document.why)
    return named(resource, "PolicyDocument", why="everything passes")
