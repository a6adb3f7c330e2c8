"""Whoever is stopped by the guardrail reads why, and nothing more."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.policy import wildcards
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Unresolved

_MESSAGES = ("BlockedInputMessaging", "BlockedOutputsMessaging")
_FEWEST_WORDS = 3


@rule(
    id="OwaspLlm-GuardrailExplainsItself",
    boundary=Boundary.MODEL,
    level=Level.WARNING,
    info="The guardrail has no message for a stopped request or a stopped answer.",
    explanation="Users meet an empty or meaningless answer, repeat the request, and take the refusal for a"
    " fault or the silence for consent.",
    remedy="Write a sentence into BlockedInputMessaging and BlockedOutputsMessaging that says what happened"
    " and what to do.",
    source=Source(
        "https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-components.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM09",),
        owasp_agentic=("ASI09",),
        mitre_atlas=("AML.T0048",),
        nist_csf=("PR.PS",),
        nist_ai_600_1=("Human-AI Configuration",),
        aws_gensec=("GENSEC02-BP01",),
    ),
    resource_types=("AWS::Bedrock::Guardrail",),
)
def guardrail_explains_itself(guardrail: Resource, _graph: TemplateGraph) -> Answer:
    """A sentence has at least three words."""
    for name in _MESSAGES:
        message = guardrail.get(name)
        if isinstance(message, Unresolved):
            return Unknown(name, message.why)
        if isinstance(message, Opaque):
            continue
        if len(wildcards(message).split()) < _FEWEST_WORDS:
            return NonCompliant(name, f"{message!r} explains nothing")
    return Compliant("both messages are sentences")
