"""A stolen password alone must not open the chatbot."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, shown


@rule(
    id="OwaspLlm-UserPoolRequiresMfa",
    boundary=Boundary.USER_INTERFACE,
    level=Level.ERROR,
    info="The user pool lets users sign in with a password alone.",
    explanation="With a stolen password a stranger chats in the user's name, reads the conversations and"
    " spends the quota; every per-user control behind the sign-in then protects the wrong person.",
    remedy="Set MfaConfiguration to ON and enable SOFTWARE_TOKEN_MFA.",
    source=Source(
        "https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-mfa.html", "2026-11-23"
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
def user_pool_requires_mfa(user_pool: Resource, _graph: TemplateGraph) -> Answer:
    """Only ON asks every user; OPTIONAL leaves the choice to them."""
    mfa = user_pool.get("MfaConfiguration")
    if isinstance(mfa, Opaque):
        return Unknown("MfaConfiguration", mfa.why)
    if mfa == "ON":
        return Compliant("MfaConfiguration is ON: every sign-in needs a second factor")
    return NonCompliant("MfaConfiguration", f"MfaConfiguration is {shown(mfa)}; only ON asks every user")
