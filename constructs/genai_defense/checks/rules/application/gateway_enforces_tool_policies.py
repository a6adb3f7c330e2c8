"""What an agent may call through a gateway is decided by policies that are enforced, not only watched."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, shown

_ENGINE = "PolicyEngineConfiguration"
_MODE = f"{_ENGINE}.Mode"


@rule(
    id="OwaspLlm-GatewayEnforcesToolPolicies",
    boundary=Boundary.APPLICATION,
    level=Level.ERROR,
    info="The AgentCore gateway calls tools without asking a policy.",
    explanation="Every caller who may come in may call every tool with every argument; a model that was"
    " talked into something has nothing in its way.",
    remedy="Attach a policy engine by PolicyEngineConfiguration, with Mode ENFORCE.",
    source=Source("https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/policy.html", "2026-11-24"),
    mapping=Risks(
        owasp_llm_2025=("LLM06",),
        owasp_agentic=("ASI02", "ASI03"),
        mitre_atlas=("AML.T0053",),
        nist_csf=("PR.AA",),
        nist_ai_600_1=("Information Security", "Human-AI Configuration"),
        aws_gensec=("GENSEC05-BP01",),
    ),
    resource_types=("AWS::BedrockAgentCore::Gateway",),
)
def gateway_enforces_tool_policies(gateway: Resource, _graph: TemplateGraph) -> Answer:
    """LOG_ONLY writes down what it would have refused, and lets it through."""
    engine = gateway.get(_ENGINE)
    mode = gateway.get(_MODE)
    for path, value in ((_ENGINE, engine), (_MODE, mode)):
        if isinstance(value, Opaque):
            return Unknown(path, value.why)
    if engine is None:
        return NonCompliant(_ENGINE, "no policy engine is attached")
    if mode != "ENFORCE":
        return NonCompliant(_MODE, f"Mode is {shown(mode)}; only ENFORCE refuses")
    return Compliant("a policy engine decides on every call")
