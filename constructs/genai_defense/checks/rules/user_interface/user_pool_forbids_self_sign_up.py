"""Nobody invites himself."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, flag

_PATH = "AdminCreateUserConfig.AllowAdminCreateUserOnly"


@rule(
    id="OwaspLlm-UserPoolForbidsSelfSignUp",
    boundary=Boundary.USER_INTERFACE,
    level=Level.ERROR,
    info="Everybody can create an account in the user pool.",
    explanation="Each new account brings a quota of its own, so a script with many accounts spends without"
    " limit and probes the guardrail with nobody to hold responsible.",
    remedy="Set AdminCreateUserConfig.AllowAdminCreateUserOnly to true.",
    source=Source(
        "https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-admin-create-user-policy.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM10",),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0021", "AML.T0034"),
        nist_csf=("PR.AA",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC01-BP01", "GENSEC04-BP02"),
    ),
    resource_types=("AWS::Cognito::UserPool",),
)
def user_pool_forbids_self_sign_up(user_pool: Resource, _graph: TemplateGraph) -> Answer:
    """Cognito lets people sign up unless told otherwise."""
    only = flag(user_pool.get(_PATH), default=False)
    if isinstance(only, Opaque):
        return Unknown(_PATH, only.why)
    if only:
        return Compliant("only administrators create users")
    return NonCompliant(_PATH, "AllowAdminCreateUserOnly is not true: everybody may sign up")
