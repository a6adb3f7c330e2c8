"""Every node of a flow that asks a model does so through a guardrail."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown, worst
from genai_defense.checks.flow_nodes import asking_nodes
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Unresolved, Value, dig


@rule(
    id="OwaspLlm-FlowNodesHaveGuardrails",
    boundary=Boundary.MODEL,
    level=Level.ERROR,
    info="A node of the flow asks a model without a guardrail.",
    explanation="What enters the flow steers the model unfiltered, and the next node acts on its answer.",
    remedy="Set GuardrailConfiguration in every prompt node, and in every knowledge base node with a model.",
    source=Source("https://docs.aws.amazon.com/bedrock/latest/userguide/flows-guardrails.html", "2026-11-24"),
    mapping=Risks(
        owasp_llm_2025=("LLM01", "LLM02"),
        owasp_agentic=("ASI01",),
        mitre_atlas=("AML.T0051", "AML.T0054"),
        nist_csf=("PR.DS", "DE.CM"),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC02-BP01",),
    ),
    resource_types=("AWS::Bedrock::Flow",),
)
def flow_nodes_have_guardrails(flow: Resource, graph: TemplateGraph) -> Answer:
    """A guardrail that the account enforces stands before every call."""
    if next(graph.of_type("AWS::Bedrock::EnforcedGuardrailConfiguration"), None):
        return Compliant("the account enforces a guardrail")
    nodes = asking_nodes(flow)
    if isinstance(nodes, Unresolved):
        return Unknown("Definition", nodes.why)
    return worst(_judge(f"{path}.GuardrailConfiguration.GuardrailIdentifier", node) for path, node in nodes)


def _judge(where: str, node: Value) -> Answer:
    named = dig(node, "GuardrailConfiguration.GuardrailIdentifier") if isinstance(node, dict) else node
    if isinstance(named, Unresolved):
        return Unknown(where, named.why)
    if not named:
        return NonCompliant(where, "the node has no guardrail")
    return Compliant("every node that asks a model has a guardrail")
