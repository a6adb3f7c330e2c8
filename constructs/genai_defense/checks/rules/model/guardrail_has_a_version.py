"""There is a version of the guardrail that callers can name."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Unresolved, references


@rule(
    id="OwaspLlm-GuardrailHasAVersion",
    boundary=Boundary.MODEL,
    level=Level.WARNING,
    info="The guardrail has no version, so callers can only use its draft.",
    explanation="Whoever may update the guardrail weakens it in use, in one call and without a deployment.",
    remedy="Add an AWS::Bedrock::GuardrailVersion of it, and let callers name its Version.",
    source=Source(
        "https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-deploy.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM03",),
        owasp_agentic=("ASI04",),
        mitre_atlas=("AML.T0010",),
        nist_csf=("PR.PS",),
        nist_ai_600_1=("Value Chain and Component Integration",),
        aws_gensec=("GENSEC01-BP01",),
    ),
    resource_types=("AWS::Bedrock::Guardrail",),
)
def guardrail_has_a_version(guardrail: Resource, graph: TemplateGraph) -> Answer:
    """A version in any stack of the graph counts."""
    answer: Answer = NonCompliant("", "no AWS::Bedrock::GuardrailVersion names it")
    for version in graph.of_type("AWS::Bedrock::GuardrailVersion"):
        named = version.get("GuardrailIdentifier")
        if any(found.resource is guardrail for found in references(named)):
            return Compliant(f"{version.logical_id} is a version of it")
        if isinstance(named, Unresolved):
            answer = Unknown("", f"{version.logical_id} may name it, but {named.why}")
    return answer
