"""An agent's memory and gateway are encrypted under a key of one's own."""

from genai_defense.checks.answer import Answer
from genai_defense.checks.encryption import customer_managed_key
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph

_KEYS = {
    "AWS::BedrockAgentCore::Gateway": "KmsKeyArn",
    "AWS::BedrockAgentCore::Memory": "EncryptionKeyArn",
}


@rule(
    id="OwaspLlm-AgentCoreUsesCustomerManagedKey",
    boundary=Boundary.MODEL,
    level=Level.ERROR,
    info="The agent's memory or gateway is not encrypted under a customer managed key.",
    explanation="What users told the agent, and how its tools are reached, is read by everybody who"
    " may read the resource; no key can be disabled in an incident.",
    remedy="Set EncryptionKeyArn of a memory, or KmsKeyArn of a gateway, to a key of your own.",
    source=Source(
        "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/storage-encryption.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM07", "LLM02"),
        owasp_agentic=("ASI06",),
        mitre_atlas=("AML.T0057",),
        nist_csf=("PR.DS",),
        nist_ai_600_1=("Data Privacy",),
        aws_gensec=("GENSEC01-BP03",),
    ),
    resource_types=tuple(_KEYS),
)
def agent_core_uses_customer_managed_key(resource: Resource, _graph: TemplateGraph) -> Answer:
    """AWS's own key, used without one, has a policy that nobody can change."""
    return customer_managed_key(resource.get(_KEYS[resource.type]), _KEYS[resource.type])
