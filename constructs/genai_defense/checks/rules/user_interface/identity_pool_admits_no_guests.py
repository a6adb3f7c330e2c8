"""No AWS credentials for people who did not sign in."""

from genai_defense.checks.answer import Answer
from genai_defense.checks.expectations import switched
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph

_PATH = "AllowUnauthenticatedIdentities"


@rule(
    id="OwaspLlm-IdentityPoolAdmitsNoGuests",
    boundary=Boundary.USER_INTERFACE,
    level=Level.ERROR,
    info="The identity pool hands AWS credentials to anybody.",
    explanation="A visitor without an account gets a role's credentials, and calls models, buckets or"
    " APIs directly, past every control of the chatbot.",
    remedy="Set AllowUnauthenticatedIdentities to false.",
    source=Source(
        "https://docs.aws.amazon.com/cognito/latest/developerguide/identity-pools.html", "2026-11-24"
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
def identity_pool_admits_no_guests(pool: Resource, _graph: TemplateGraph) -> Answer:
    """The property has no default: CloudFormation demands it."""
    return switched(pool, _PATH, wanted=False, default=True, otherwise="guests get credentials")
