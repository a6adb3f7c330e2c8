"""An agent's runtime, browser and code interpreter reach what they need, and not the internet."""

from genai_defense.checks.answer import Answer
from genai_defense.checks.expectations import one_of
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph


@rule(
    id="OwaspLlm-AgentToolsStayInNetwork",
    boundary=Boundary.MODEL,
    level=Level.ERROR,
    info="The agent's runtime or tool is on the public network.",
    explanation="Code that a model wrote, or a page that it was sent to, sends what it sees anywhere:"
    " no endpoint policy or firewall stands in its way.",
    remedy="Set NetworkMode to VPC with subnets and security groups (a code interpreter may be SANDBOX).",
    source=Source(
        "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/agentcore-vpc.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM06"),
        owasp_agentic=("ASI03", "ASI05"),
        mitre_atlas=("AML.T0057",),
        nist_csf=("PR.IR",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC01-BP02",),
    ),
    resource_types=(
        "AWS::BedrockAgentCore::BrowserCustom",
        "AWS::BedrockAgentCore::CodeInterpreterCustom",
        "AWS::BedrockAgentCore::Runtime",
    ),
)
def agent_tools_stay_in_network(tool: Resource, _graph: TemplateGraph) -> Answer:
    """SANDBOX, which only a code interpreter has, is closed by AWS."""
    sound = ("VPC", "SANDBOX") if tool.type.endswith("CodeInterpreterCustom") else ("VPC",)
    return one_of(tool, "NetworkConfiguration.NetworkMode", sound, "it reaches the internet")
