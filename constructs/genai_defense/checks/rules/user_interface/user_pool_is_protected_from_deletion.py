"""One call does not delete all users."""

from genai_defense.checks.answer import Answer
from genai_defense.checks.expectations import one_of
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph


@rule(
    id="OwaspLlm-UserPoolIsProtectedFromDeletion",
    boundary=Boundary.USER_INTERFACE,
    level=Level.WARNING,
    info="The user pool can be deleted by one call, or with its stack.",
    explanation="All users, their second factors and their ids are gone, and with the ids the owners of all"
    " conversations.",
    remedy="Set DeletionProtection to ACTIVE.",
    source=Source(
        "https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-deletion-protection.html",
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
def user_pool_is_protected_from_deletion(user_pool: Resource, _graph: TemplateGraph) -> Answer:
    """It is not unless the template says so."""
    return one_of(user_pool, "DeletionProtection", ("ACTIVE",), "one call deletes all users")
