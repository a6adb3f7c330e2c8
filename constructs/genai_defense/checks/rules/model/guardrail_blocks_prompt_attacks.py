"""The managed guardrail looks for jailbreaks and injections with all its strength."""

from collections.abc import Iterator

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown, worst
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Value, dig, flag, shown, typed_items

_FILTERS = "ContentPolicyConfig.FiltersConfig"


@rule(
    id="OwaspLlm-GuardrailBlocksPromptAttacks",
    boundary=Boundary.MODEL,
    level=Level.ERROR,
    info="The guardrail does not block prompt attacks at strength HIGH.",
    explanation="Jailbreaks and injected orders reach the model through the managed guardrail; a lower"
    " strength lets through what it is less sure of.",
    remedy="Add a content filter of type PROMPT_ATTACK with InputStrength HIGH, OutputStrength NONE and"
    " InputAction BLOCK.",
    source=Source(
        "https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-prompt-attack.html", "2026-11-23"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM01", "LLM07"),
        owasp_agentic=("ASI01",),
        mitre_atlas=("AML.T0051", "AML.T0054"),
        nist_csf=("PR.DS", "DE.CM"),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC02-BP01", "GENSEC04-BP02"),
    ),
    resource_types=("AWS::Bedrock::Guardrail",),
)
def guardrail_blocks_prompt_attacks(guardrail: Resource, _graph: TemplateGraph) -> Answer:
    """The filter must stand, at full strength, switched on, and block rather than detect."""
    filters = guardrail.get(_FILTERS)
    answer: Answer = NonCompliant(_FILTERS, "there is no filter of type PROMPT_ATTACK")
    if isinstance(filters, Opaque):
        return Unknown(_FILTERS, filters.why)
    for path, kind, each in typed_items(filters, _FILTERS):
        if isinstance(kind, Opaque):
            answer = Unknown(path, shown(kind))
        elif kind == "PROMPT_ATTACK":
            return worst(_strength(each, path))
    return answer


def _strength(each: Value, path: str) -> Iterator[Answer]:
    for name, wanted, value in (
        ("InputStrength", "HIGH", dig(each, "InputStrength")),
        ("InputAction", "BLOCK", dig(each, "InputAction") or "BLOCK"),
        ("InputEnabled", True, flag(dig(each, "InputEnabled"), default=True)),
    ):
        if isinstance(value, Opaque):
            yield Unknown(f"{path}.{name}", value.why)
        elif value != wanted:
            yield NonCompliant(f"{path}.{name}", f"{name} is {shown(value)} instead of {wanted!r}")
    yield Compliant("PROMPT_ATTACK blocks requests at strength HIGH")
