"""Signing out, or being signed out, ends the session."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, flag

_PATH = "EnableTokenRevocation"


@rule(
    id="OwaspLlm-UserPoolClientRevokesTokens",
    boundary=Boundary.USER_INTERFACE,
    level=Level.ERROR,
    info="Refresh tokens of the app client cannot be revoked.",
    explanation="When an account is taken over or a user attacks the chatbot, nobody can end the sessions"
    " that are open.",
    remedy="Set EnableTokenRevocation to true, or leave it out.",
    source=Source(
        "https://docs.aws.amazon.com/cognito/latest/developerguide/token-revocation.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM10"),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0012",),
        nist_csf=("PR.AA", "RS.MI"),
        nist_ai_600_1=("Information Security", "Data Privacy"),
        aws_gensec=("GENSEC01-BP01",),
    ),
    resource_types=("AWS::Cognito::UserPoolClient",),
)
def user_pool_client_revokes_tokens(client: Resource, _graph: TemplateGraph) -> Answer:
    """New clients revoke unless told otherwise."""
    revokes = flag(client.get(_PATH), default=True)
    if isinstance(revokes, Opaque):
        return Unknown(_PATH, revokes.why)
    if revokes:
        return Compliant("tokens can be revoked")
    return NonCompliant(_PATH, "EnableTokenRevocation is false")
