"""A passkey asks who holds it."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, items

_PATH, _FACTORS = "WebAuthnUserVerification", "Policies.SignInPolicy.AllowedFirstAuthFactors"


@rule(
    id="OwaspLlm-UserPoolPasskeysKnowTheirUser",
    boundary=Boundary.USER_INTERFACE,
    level=Level.WARNING,
    info="A passkey signs in without verifying its user.",
    explanation="Whoever finds the security key or the unlocked device signs in with it alone.",
    remedy="Set WebAuthnUserVerification to required.",
    source=Source(
        "https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-authentication-flow-methods.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM10"),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0012",),
        nist_csf=("PR.AA",),
        nist_ai_600_1=("Information Security", "Data Privacy"),
        aws_gensec=("GENSEC01-BP01",),
    ),
    resource_types=("AWS::Cognito::UserPool",),
)
def user_pool_passkeys_know_their_user(user_pool: Resource, _graph: TemplateGraph) -> Answer:
    """Cognito takes `preferred` where nothing is said; pools without passkeys are left alone."""
    if "WEB_AUTHN" not in items(user_pool.get(_FACTORS)):
        return NotApplicable()
    verification = user_pool.get(_PATH)
    if isinstance(verification, Opaque):
        return Unknown(_PATH, verification.why)
    if verification == "required":
        return Compliant("a passkey verifies its user")
    return NonCompliant(_PATH, "a passkey opens without its user")
