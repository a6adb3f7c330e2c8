"""The identity pool, and not the browser, chooses the role."""

from genai_defense.checks.answer import Answer
from genai_defense.checks.expectations import switched
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph


@rule(
    id="OwaspLlm-IdentityPoolUsesEnhancedFlow",
    boundary=Boundary.USER_INTERFACE,
    level=Level.WARNING,
    info="The identity pool lets the app choose the role (classic flow).",
    explanation="In the classic flow the session policies that Cognito adds are missing, and any role"
    " that trusts the pool can be asked for.",
    remedy="Leave AllowClassicFlow out, or set it to false.",
    source=Source(
        "https://docs.aws.amazon.com/cognito/latest/developerguide/authentication-flow.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM10"),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0012",),
        nist_csf=("PR.AA",),
        nist_ai_600_1=("Information Security", "Data Privacy"),
        aws_gensec=("GENSEC01-BP01",),
    ),
    resource_types=("AWS::Cognito::IdentityPool",),
)
def identity_pool_uses_enhanced_flow(pool: Resource, _graph: TemplateGraph) -> Answer:
    """Off unless it is turned on."""
    return switched(
        pool, "AllowClassicFlow", wanted=False, default=False, otherwise="the app chooses the role"
    )
