"""No password that a list of common ones has."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, whole

_PATH = "Policies.PasswordPolicy.MinimumLength"
_COGNITO_DEFAULT = 8


@rule(
    id="OwaspLlm-UserPoolRequiresLongPasswords",
    boundary=Boundary.USER_INTERFACE,
    level=Level.ERROR,
    info="The user pool takes short passwords.",
    explanation="Short passwords are guessed or cracked, and the stranger behind one chats in the user's"
    " name.",
    remedy="Set Policies.PasswordPolicy.MinimumLength to 12 or more (bound `password_length`).",
    source=Source(
        "https://docs.aws.amazon.com/cognito/latest/developerguide/managing-users-passwords.html",
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
def user_pool_requires_long_passwords(user_pool: Resource, graph: TemplateGraph) -> Answer:
    """Cognito's own minimum is 8."""
    length = whole(user_pool.get(_PATH), default=_COGNITO_DEFAULT)
    if isinstance(length, Opaque):
        return Unknown(_PATH, length.why)
    shortest = graph.bounds.password_length
    if length < shortest:
        return NonCompliant(
            _PATH, f"passwords of {length} characters are taken; at least {shortest} are needed"
        )
    return Compliant(f"passwords have at least {length} characters")
