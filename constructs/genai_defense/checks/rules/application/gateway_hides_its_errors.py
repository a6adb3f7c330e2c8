"""An agent's gateway does not explain its inside to callers."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, shown


@rule(
    id="OwaspLlm-GatewayHidesItsErrors",
    boundary=Boundary.APPLICATION,
    level=Level.WARNING,
    info="The gateway sends its inner errors to callers.",
    explanation="Messages of tools and policies tell an attacker, or a model that he steers, what"
    " stands behind and how to ask for it.",
    remedy="Leave ExceptionLevel out; DEBUG is for building.",
    source=Source(
        "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-debug.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM06",),
        owasp_agentic=("ASI02", "ASI03"),
        mitre_atlas=("AML.T0053",),
        nist_csf=("PR.AA",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC05-BP01",),
    ),
    resource_types=("AWS::BedrockAgentCore::Gateway",),
)
def gateway_hides_its_errors(gateway: Resource, _graph: TemplateGraph) -> Answer:
    """DEBUG is the only level."""
    level = gateway.get("ExceptionLevel")
    if level is None:
        return Compliant("errors are kept inside")
    if isinstance(level, Opaque):
        return Unknown("ExceptionLevel", level.why)
    return NonCompliant("ExceptionLevel", f"ExceptionLevel is {shown(level)}")
