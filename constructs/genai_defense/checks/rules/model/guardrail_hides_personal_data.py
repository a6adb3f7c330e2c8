"""What users say of themselves and others does not reach the model in the clear."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, worst
from genai_defense.checks.guardrail_actions import entries, stops
from genai_defense.checks.guardrail_bounds import PERSONAL_LISTS, SECRETS, STOPPING_ACTIONS
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Value, dig


@rule(
    id="OwaspLlm-GuardrailHidesPersonalData",
    boundary=Boundary.MODEL,
    level=Level.WARNING,
    info="The guardrail stops a kind of personal data in answers and lets it through in requests.",
    explanation="The model, its logs and whoever keeps the conversation get what the guardrail was told to"
    " look for.",
    remedy="Set InputAction to BLOCK or ANONYMIZE and InputEnabled to true, as on the output; a guardrail"
    " that screens answers only leaves all its entries off on input.",
    source=Source(
        "https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-sensitive-filters.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02",),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0057",),
        nist_csf=("PR.DS",),
        nist_ai_600_1=("Data Privacy",),
        aws_gensec=("GENSEC02-BP01",),
    ),
    resource_types=("AWS::Bedrock::Guardrail",),
)
def guardrail_hides_personal_data(guardrail: Resource, _graph: TemplateGraph) -> Answer:
    """Secrets, and entries that stop nothing on output either, are another rule's."""
    answers = [
        _on(each, path, "Input")
        for name in PERSONAL_LISTS
        for path, each in entries(guardrail, name)
        if dig(each, "Type") not in SECRETS and isinstance(_on(each, path, "Output"), Compliant)
    ]
    if len(answers) > 1 and all(isinstance(answer, NonCompliant) for answer in answers):
        return Compliant("the guardrail screens answers only")
    return worst(answers) if answers else NotApplicable()


def _on(entry: Value, path: str, side: str) -> Answer:
    return worst(stops(entry, path, side, actions=STOPPING_ACTIONS, default=None))
