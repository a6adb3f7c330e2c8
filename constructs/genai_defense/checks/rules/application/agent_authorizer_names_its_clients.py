"""A token for another application opens no agent."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Unresolved, dig

_AUTHORIZER = "AuthorizerConfiguration.CustomJWTAuthorizer"
_NARROWING = ("AllowedClients", "AllowedAudience", "AllowedScopes", "CustomClaims")


@rule(
    id="OwaspLlm-AgentAuthorizerNamesItsClients",
    boundary=Boundary.APPLICATION,
    level=Level.ERROR,
    info="The authorizer takes every token of the issuer.",
    explanation="Who signed in to any other application of the same issuer calls the agent and its tools.",
    remedy="Set AllowedClients or AllowedAudience (or AllowedScopes, CustomClaims) in CustomJWTAuthorizer.",
    source=Source(
        "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/inbound-jwt-authorizer.html",
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
    resource_types=("AWS::BedrockAgentCore::Gateway", "AWS::BedrockAgentCore::Runtime"),
)
def agent_authorizer_names_its_clients(entry: Resource, _graph: TemplateGraph) -> Answer:
    """Without such an authorizer, IAM decides about a runtime, and another rule asks about a gateway."""
    authorizer = entry.get(_AUTHORIZER)
    if isinstance(authorizer, Unresolved):
        return Unknown(_AUTHORIZER, authorizer.why)
    if authorizer is None:
        runtime = entry.type.endswith("Runtime")
        return Compliant("IAM decides about every call") if runtime else NotApplicable()
    for name in _NARROWING:
        named = dig(authorizer, name)
        if isinstance(named, Unresolved):
            return Unknown(f"{_AUTHORIZER}.{name}", named.why)
        if named:
            return Compliant(f"{name} says whose tokens are taken")
    return NonCompliant(_AUTHORIZER, "neither client, audience nor scope is named")
