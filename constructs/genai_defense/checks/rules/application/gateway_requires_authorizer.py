"""An agent gateway answers nobody whom it does not know."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, shown

_TYPE = "AuthorizerType"


@rule(
    id="OwaspLlm-GatewayRequiresAuthorizer",
    boundary=Boundary.APPLICATION,
    level=Level.ERROR,
    info="The AgentCore gateway lets callers in without knowing them.",
    explanation="Whoever finds the address lists and calls the tools behind it, in nobody's name.",
    remedy="Set AuthorizerType to CUSTOM_JWT or AWS_IAM.",
    source=Source(
        "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-inbound-auth.html",
        "2026-11-24",
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
def gateway_requires_authorizer(gateway: Resource, _graph: TemplateGraph) -> Answer:
    """NONE asks nobody."""
    kind = gateway.get(_TYPE)
    if isinstance(kind, Opaque):
        return Unknown(_TYPE, kind.why)
    if kind is None or kind == "NONE":
        return NonCompliant(_TYPE, f"AuthorizerType is {shown(kind)}: the gateway asks nobody who they are")
    return Compliant(f"callers are known by {kind}")
