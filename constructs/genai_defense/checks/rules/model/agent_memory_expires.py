"""An agent forgets what it was told."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, whole


@rule(
    id="OwaspLlm-AgentMemoryExpires",
    boundary=Boundary.MODEL,
    level=Level.WARNING,
    info="The agent's memory keeps raw conversations for long.",
    explanation="Everything that users said stays, for whoever reads the memory and for whatever"
    " poisons it, past its use and past the users' right to deletion.",
    remedy="Set EventExpiryDuration, or an agent's StorageDays, at the bound `memory_days` (90) or below.",
    source=Source("https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/memory.html", "2026-11-24"),
    mapping=Risks(
        owasp_llm_2025=("LLM02",),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0057",),
        nist_csf=("PR.DS",),
        nist_ai_600_1=("Data Privacy",),
        aws_gensec=("GENSEC02-BP01",),
    ),
    resource_types=("AWS::BedrockAgentCore::Memory", "AWS::Bedrock::Agent"),
)
def agent_memory_expires(memory: Resource, graph: TemplateGraph) -> Answer:
    """Of AgentCore's memory CloudFormation demands the number; an agent without one keeps a month."""
    path, default = "EventExpiryDuration", 366
    if memory.type == "AWS::Bedrock::Agent":
        path, default = "MemoryConfiguration.StorageDays", 30
        if not memory.get("MemoryConfiguration"):
            return NotApplicable()
    days = whole(memory.get(path), default=default)
    if isinstance(days, Opaque):
        return Unknown(path, days.why)
    if days > graph.bounds.memory_days:
        return NonCompliant(path, f"events stay {days} days")
    return Compliant(f"events expire after {days} days")
