"""A topic that a guardrail calls denied is denied."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown, worst
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Value, dig, flag, items

_TOPICS = "TopicPolicyConfig.TopicsConfig"


@rule(
    id="OwaspLlm-GuardrailDeniesItsTopics",
    boundary=Boundary.MODEL,
    level=Level.ERROR,
    info="The guardrail only watches a topic that it was told to deny, or has it switched off.",
    explanation="The chatbot talks in its owner's name about what its owner decided that it must not"
    " talk about.",
    remedy="Leave both actions of the topic at BLOCK, and the topic switched on.",
    source=Source(
        "https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-denied-topics.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM01", "LLM02"),
        owasp_agentic=("ASI01",),
        mitre_atlas=("AML.T0051", "AML.T0054"),
        nist_csf=("PR.DS", "DE.CM"),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC02-BP01",),
    ),
    resource_types=("AWS::Bedrock::Guardrail",),
)
def guardrail_denies_its_topics(guardrail: Resource, _graph: TemplateGraph) -> Answer:
    """Which topics there should be, only the owner knows; so none is none."""
    topics = guardrail.get(_TOPICS)
    if isinstance(topics, Opaque):
        return Unknown(_TOPICS, topics.why)
    return worst(_judge(topic, f"{_TOPICS}.{index}") for index, topic in enumerate(items(topics)))


def _judge(topic: Value, path: str) -> Answer:
    if isinstance(topic, Opaque):
        return Unknown(path, topic.why)
    for side in ("Input", "Output"):
        action = dig(topic, f"{side}Action") or "BLOCK"
        enabled = flag(dig(topic, f"{side}Enabled"), default=True)
        for value in (action, enabled):
            if isinstance(value, Opaque):
                return Unknown(f"{path}.{side}Action", value.why)
        if action != "BLOCK" or not enabled:
            return NonCompliant(f"{path}.{side}Action", "the topic is only detected, or switched off")
    return Compliant("every topic is denied in both directions")
