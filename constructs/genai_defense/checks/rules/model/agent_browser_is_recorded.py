"""What an agent did in its browser can be seen afterwards."""

from genai_defense.checks.answer import Answer
from genai_defense.checks.expectations import switched
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph


@rule(
    id="OwaspLlm-AgentBrowserIsRecorded",
    boundary=Boundary.MODEL,
    level=Level.WARNING,
    info="The agent's browser keeps no recording of its sessions.",
    explanation="A page that gave the agent orders, and what the agent then clicked and typed with its user's"
    " rights, leave no trace.",
    remedy="Set RecordingConfig with Enabled true and a bucket of your own.",
    source=Source(
        "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/browser-session-recording.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM01", "LLM06"),
        owasp_agentic=("ASI10",),
        mitre_atlas=("AML.T0051",),
        nist_csf=("DE.CM", "RS.AN"),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC03-BP01",),
    ),
    resource_types=("AWS::BedrockAgentCore::BrowserCustom",),
)
def agent_browser_is_recorded(browser: Resource, _graph: TemplateGraph) -> Answer:
    """The service records nothing unless it is told to."""
    return switched(
        browser, "RecordingConfig.Enabled", wanted=True, default=False, otherwise="sessions leave no trace"
    )
