"""A guardrail knows what its chatbot is not for."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Unresolved

_LISTS = (
    "TopicPolicyConfig.TopicsConfig",
    "WordPolicyConfig.WordsConfig",
    "WordPolicyConfig.ManagedWordListsConfig",
)


@rule(
    id="OwaspLlm-GuardrailKnowsItsSubject",
    boundary=Boundary.MODEL,
    level=Level.WARNING,
    info="The guardrail denies no topic and blocks no word.",
    explanation="It knows harms in general, and nothing of what its owner's chatbot must not say: advice on"
    " money or law, rivals, code words, foul language.",
    remedy="Deny a topic in TopicPolicyConfig, or block words of your own or the list PROFANITY in"
    " WordPolicyConfig.",
    source=Source(
        "https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-denied-topics.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM01", "LLM09"),
        owasp_agentic=("ASI01",),
        mitre_atlas=("AML.T0051", "AML.T0054"),
        nist_csf=("PR.DS",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC02-BP01",),
    ),
    resource_types=("AWS::Bedrock::Guardrail",),
)
def guardrail_knows_its_subject(guardrail: Resource, _graph: TemplateGraph) -> Answer:
    """One list with one entry is enough: which topics and words there should be, only the owner knows."""
    hidden: Answer | None = None
    for path in _LISTS:
        listed = guardrail.get(path)
        if isinstance(listed, Unresolved):
            hidden = hidden or Unknown(path, listed.why)
        elif listed:
            return Compliant(f"{path} says what is off limits")
    return hidden or NonCompliant("TopicPolicyConfig", "neither a topic nor a word is off limits")
