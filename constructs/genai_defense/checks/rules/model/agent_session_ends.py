"""What was said to an agent does not wait for the next who knows the session's id."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, whole


@rule(
    id="OwaspLlm-AgentSessionEnds",
    boundary=Boundary.MODEL,
    level=Level.WARNING,
    info="The agent keeps idle sessions for long.",
    explanation="The conversation, and what the agent read for it, goes on for whoever sends the"
    " session's id.",
    remedy="Set IdleSessionTTLInSeconds at the bound `agent_session_seconds` (1800) or below.",
    source=Source(
        "https://docs.aws.amazon.com/bedrock/latest/userguide/agents-session-state.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02",),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0057",),
        nist_csf=("PR.DS",),
        nist_ai_600_1=("Data Privacy",),
        aws_gensec=("GENSEC02-BP01",),
    ),
    resource_types=("AWS::Bedrock::Agent",),
)
def agent_session_ends(agent: Resource, graph: TemplateGraph) -> Answer:
    """Bedrock's own value is ten minutes."""
    seconds = whole(agent.get("IdleSessionTTLInSeconds"), default=600)
    if isinstance(seconds, Opaque):
        return Unknown("IdleSessionTTLInSeconds", seconds.why)
    if seconds > graph.bounds.agent_session_seconds:
        return NonCompliant("IdleSessionTTLInSeconds", f"idle sessions live {seconds} s")
    return Compliant(f"idle sessions end after {seconds} s")
