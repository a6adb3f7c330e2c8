"""A token for the chatbot changes no account."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, items

_PATH, _ADMIN = "AllowedOAuthScopes", "aws.cognito.signin.user.admin"


@rule(
    id="OwaspLlm-UserPoolClientLeavesAccountsAlone",
    boundary=Boundary.USER_INTERFACE,
    level=Level.WARNING,
    info="The access tokens of the app client may change the account of their user.",
    explanation="A script in the page, or whoever takes the token, changes the address and the second factor,"
    " and stays.",
    remedy="Take aws.cognito.signin.user.admin out of AllowedOAuthScopes.",
    source=Source(
        "https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-define-resource-servers.html",
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
    resource_types=("AWS::Cognito::UserPoolClient",),
)
def user_pool_client_leaves_accounts_alone(client: Resource, _graph: TemplateGraph) -> Answer:
    """A client without OAuth gets this scope by itself, and is another matter."""
    scopes = client.get(_PATH)
    if isinstance(scopes, Opaque):
        return Unknown(_PATH, scopes.why)
    if _ADMIN in items(scopes):
        return NonCompliant(_PATH, "its tokens change the accounts of users")
    return Compliant("its tokens change no account") if scopes else NotApplicable()
