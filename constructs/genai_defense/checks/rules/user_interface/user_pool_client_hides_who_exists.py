"""A sign-in does not tell which accounts there are."""

from genai_defense.checks.answer import Answer, NotApplicable
from genai_defense.checks.expectations import one_of
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph


@rule(
    id="OwaspLlm-UserPoolClientHidesWhoExists",
    boundary=Boundary.USER_INTERFACE,
    level=Level.WARNING,
    info="The app client tells strangers which users exist.",
    explanation="A list of names becomes a list of accounts to guess passwords for, and of people who"
    " use the chatbot.",
    remedy="Set PreventUserExistenceErrors to ENABLED.",
    source=Source(
        "https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-managing-errors.html",
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
def user_pool_client_hides_who_exists(client: Resource, _graph: TemplateGraph) -> Answer:
    """CloudFormation takes LEGACY where nothing is said; a client without users tells nothing."""
    if client.get("AllowedOAuthFlows") == ["client_credentials"]:
        return NotApplicable()
    return one_of(client, "PreventUserExistenceErrors", ("ENABLED",), "errors tell which users exist")
