"""A GraphQL API answers nobody whom it does not know."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.expectations import one_of
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, dig, items

_KNOWN = ("AMAZON_COGNITO_USER_POOLS", "AWS_IAM", "AWS_LAMBDA", "OPENID_CONNECT")
_OTHERS = "AdditionalAuthenticationProviders"


@rule(
    id="OwaspLlm-GraphqlApiKnowsItsCallers",
    boundary=Boundary.APPLICATION,
    level=Level.ERROR,
    info="The GraphQL API takes a key that every visitor's browser holds in place of a sign-in.",
    explanation="Whoever reads the page's code has the key: he asks the model at the owner's cost, as"
    " nobody in particular.",
    remedy="Set AuthenticationType to AMAZON_COGNITO_USER_POOLS, OPENID_CONNECT, AWS_IAM or"
    " AWS_LAMBDA, and add no provider of the type API_KEY.",
    source=Source("https://docs.aws.amazon.com/appsync/latest/devguide/security-authz.html", "2026-11-24"),
    mapping=Risks(
        owasp_llm_2025=("LLM06", "LLM10"),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0040", "AML.T0034"),
        nist_csf=("PR.AA",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC01-BP01",),
    ),
    resource_types=("AWS::AppSync::GraphQLApi",),
)
def graphql_api_knows_its_callers(api: Resource, _graph: TemplateGraph) -> Answer:
    """Also as an additional provider, a key opens what a directive gives it."""
    main = one_of(api, "AuthenticationType", _KNOWN, "everybody with the key may call")
    if not isinstance(main, Compliant):
        return main
    others = api.get(_OTHERS)
    if isinstance(others, Opaque):
        return Unknown(_OTHERS, others.why)
    for index, provider in enumerate(items(others)):
        kind = provider if isinstance(provider, Opaque) else dig(provider, "AuthenticationType")
        if isinstance(kind, Opaque):
            return Unknown(f"{_OTHERS}.{index}", kind.why)
        if kind == "API_KEY":
            return NonCompliant(f"{_OTHERS}.{index}", "a key opens what the schema gives it")
    return main
