"""An agent reads and answers through a guardrail."""

from genai_defense.checks.answer import Answer, Compliant
from genai_defense.checks.expectations import present
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph


@rule(
    id="OwaspLlm-AgentHasGuardrail",
    boundary=Boundary.MODEL,
    level=Level.ERROR,
    info="The agent has no guardrail.",
    explanation="What a user, a document or a tool says steers the agent unfiltered, and what it"
    " answers is not looked at.",
    remedy="Set GuardrailConfiguration with a guardrail's identifier and a numbered version.",
    source=Source("https://docs.aws.amazon.com/bedrock/latest/userguide/agents-guardrail.html", "2026-11-24"),
    mapping=Risks(
        owasp_llm_2025=("LLM01", "LLM02"),
        owasp_agentic=("ASI01",),
        mitre_atlas=("AML.T0051", "AML.T0054"),
        nist_csf=("PR.DS", "DE.CM"),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC02-BP01",),
    ),
    resource_types=("AWS::Bedrock::Agent",),
)
def agent_has_guardrail(agent: Resource, graph: TemplateGraph) -> Answer:
    """A guardrail that the account enforces stands before every call."""
    if next(graph.of_type("AWS::Bedrock::EnforcedGuardrailConfiguration"), None):
        return Compliant("the account enforces a guardrail")
    return present(
        agent, "GuardrailConfiguration.GuardrailIdentifier", "nothing filters what it reads and says"
    )
