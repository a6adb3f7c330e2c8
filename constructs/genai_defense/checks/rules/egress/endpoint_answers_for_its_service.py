"""The usual name of a service leads to the endpoint in the VPC."""

import re

from genai_defense.checks.answer import Answer, NotApplicable
from genai_defense.checks.reach import literally
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.switches import switched
from genai_defense.checks.template_graph import Resource, TemplateGraph


@rule(
    id="OwaspLlm-EndpointAnswersForItsService",
    boundary=Boundary.EGRESS,
    level=Level.WARNING,
    info="The interface endpoint does not answer for the name of its service.",
    explanation="Clients that use the usual name leave through the NAT gateway, past the endpoint and its"
    " policy.",
    remedy="Set PrivateDnsEnabled to true.",
    source=Source(
        "https://docs.aws.amazon.com/vpc/latest/privatelink/interface-endpoints.html", "2026-11-24"
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
def endpoint_answers_for_its_service(resource: Resource, _graph: TemplateGraph) -> Answer:
    """Gateway endpoints work by routes, and services of others have no such name."""
    kind, service = resource.get("VpcEndpointType"), literally(resource.get("ServiceName"))
    if kind != "Interface" or "vpce-svc-" in service or re.search(r"\.(s3|dynamodb)$", service):
        return NotApplicable()
    return switched(
        resource, "PrivateDnsEnabled", to=True, default=False, why="the usual name goes around it"
    )
