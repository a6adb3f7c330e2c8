"""The private door to models opens for calls that name the guardrail."""

import re

from genai_defense.checks.answer import Answer, NonCompliant, NotApplicable, Unknown, worst
from genai_defense.checks.model_access import GUARDRAIL_KEY, demands_numbered_guardrail, may_invoke_models
from genai_defense.checks.policy import statements, wildcards
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Unresolved


@rule(
    id="OwaspLlm-BedrockEndpointDemandsGuardrail",
    boundary=Boundary.MODEL,
    level=Level.ERROR,
    info="The policy of the bedrock-runtime endpoint lets calls through that name no guardrail version.",
    explanation="One role with a wider policy, or foreign credentials in the VPC, call the model without a"
    " guardrail; the endpoint is the layer that does not depend on roles.",
    remedy=f"Demand {GUARDRAIL_KEY} with the numbered version in every Allow of InvokeModel in the"
    " endpoint's policy.",
    source=Source(
        "https://docs.aws.amazon.com/bedrock/latest/userguide/vpc-interface-endpoints.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM01", "LLM06"),
        owasp_agentic=("ASI01", "ASI03"),
        mitre_atlas=("AML.T0040", "AML.T0054"),
        nist_csf=("PR.AA", "PR.IR"),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC01-BP02",),
    ),
    resource_types=("AWS::EC2::VPCEndpoint",),
)
def bedrock_endpoint_demands_guardrail(endpoint: Resource, _graph: TemplateGraph) -> Answer:
    """Without a policy an endpoint lets everything through."""
    service = endpoint.get("ServiceName")
    if isinstance(service, Unresolved):
        return Unknown("ServiceName", service.why)
    if not re.search(r"\.bedrock-runtime(-fips)?$", wildcards(service)):
        return NotApplicable()
    document = endpoint.get("PolicyDocument")
    if document is None:
        return NonCompliant("PolicyDocument", "there is no policy, so that every call passes")
    listed = [each for each in statements(document, "PolicyDocument") if may_invoke_models(each)]
    return worst(map(demands_numbered_guardrail, listed))
