"""What a guardrail looks for is encrypted under a key of one's own."""

from genai_defense.checks.answer import Answer
from genai_defense.checks.encryption import customer_managed_key
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph


@rule(
    id="OwaspLlm-GuardrailUsesCustomerManagedKey",
    boundary=Boundary.MODEL,
    level=Level.ERROR,
    info="The guardrail is not encrypted under a customer managed key.",
    explanation="Denied topics, words and patterns tell an attacker what to avoid; without a key of one's own"
    " everybody who may read guardrails of the account reads them.",
    remedy="Set KmsKeyArn to a key of your own, and let the callers of the guardrail decrypt with it.",
    source=Source(
        "https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-permissions-kms.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM07", "LLM02"),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0057",),
        nist_csf=("PR.DS",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC01-BP03",),
    ),
    resource_types=("AWS::Bedrock::Guardrail",),
)
def guardrail_uses_customer_managed_key(guardrail: Resource, _graph: TemplateGraph) -> Answer:
    """Bedrock's own key, used without one, has a policy that nobody can change."""
    return customer_managed_key(guardrail.get("KmsKeyArn"), "KmsKeyArn")
