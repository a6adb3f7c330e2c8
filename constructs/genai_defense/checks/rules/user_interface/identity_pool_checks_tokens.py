"""Who was signed out gets no more credentials of AWS."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, dig, flag, items

_PROVIDERS, _CHECK = "CognitoIdentityProviders", "ServerSideTokenCheck"


@rule(
    id="OwaspLlm-IdentityPoolChecksTokens",
    boundary=Boundary.USER_INTERFACE,
    level=Level.WARNING,
    info="The identity pool does not ask the user pool whether a token still holds.",
    explanation="A token that was revoked, or of a user who was disabled, is exchanged for credentials until"
    " it ends.",
    remedy="Set ServerSideTokenCheck of each provider to true.",
    source=Source(
        "https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_CognitoIdentityProvider.html",
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
    resource_types=("AWS::Cognito::IdentityPool",),
)
def identity_pool_checks_tokens(pool: Resource, _graph: TemplateGraph) -> Answer:
    """Only what is switched off in so many words is a finding."""
    answer: Answer = NotApplicable()
    for index, provider in enumerate(items(pool.get(_PROVIDERS))):
        given = None if isinstance(provider, Opaque) else dig(provider, _CHECK)
        if flag(given, default=True) is False:
            return NonCompliant(f"{_PROVIDERS}.{index}.{_CHECK}", "a revoked token still gets credentials")
        if given is not None:
            answer = Compliant("tokens are checked")
    return answer
