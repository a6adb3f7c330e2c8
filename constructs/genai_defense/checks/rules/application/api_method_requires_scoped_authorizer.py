"""Nobody calls a method without an authorizer that looks at what the caller may do."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Unresolved, dig, items, shown

_ALLOW_ORIGIN = "method.response.header.Access-Control-Allow-Origin"
_NEEDS = {"COGNITO_USER_POOLS": ("AuthorizerId", "AuthorizationScopes"), "CUSTOM": ("AuthorizerId",)}


@rule(
    id="OwaspLlm-ApiMethodRequiresScopedAuthorizer",
    boundary=Boundary.APPLICATION,
    level=Level.ERROR,
    info="The API method answers callers that no authorizer has checked for a scope.",
    explanation="Anybody who finds the address talks to the model at the owner's cost; with an open CORS"
    " preflight, any web page does so from its visitors' browsers.",
    remedy="Give the method a Cognito authorizer with AuthorizationScopes (or IAM, or a Lambda authorizer),"
    " and serve page and API from one origin instead of opening CORS.",
    source=Source(
        "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-integrate-with-cognito.html",
        "2026-11-23",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM06", "LLM10"),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0040", "AML.T0034"),
        nist_csf=("PR.AA",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC01-BP01",),
    ),
    resource_types=("AWS::ApiGateway::Method",),
)
def api_method_requires_scoped_authorizer(method: Resource, _graph: TemplateGraph) -> Answer:
    """A token of the right pool is not enough: it must carry a scope of this API."""
    kind = method.get("AuthorizationType")
    if isinstance(kind, Opaque):
        return Unknown("AuthorizationType", kind.why)
    if kind == "AWS_IAM":
        return Compliant("IAM decides about every call")
    if kind in _NEEDS:
        return _authorizer(method, str(kind))
    if method.get("HttpMethod") == "OPTIONS":
        return _preflight(method)
    return NonCompliant("AuthorizationType", f"AuthorizationType is {shown(kind)}: anybody may call")


def _authorizer(method: Resource, kind: str) -> Answer:
    for name in _NEEDS[kind]:
        value = method.get(name)
        if isinstance(value, Unresolved):
            return Unknown(name, value.why)
        if not items(value):
            return NonCompliant(name, f"{name} is not set: no scope, or nobody, is asked for")
    return Compliant(f"an authorizer ({kind}) checks every call")


def _preflight(method: Resource) -> Answer:
    if method.get("Integration.Type") != "MOCK":
        return NonCompliant("Integration.Type", "OPTIONS without authorizer reaches a back end")
    for index, response in enumerate(items(method.get("Integration.IntegrationResponses"))):
        path = f"Integration.IntegrationResponses.{index}.ResponseParameters"
        parameters = dig(response, "ResponseParameters")
        origin = parameters.get(_ALLOW_ORIGIN) if isinstance(parameters, dict) else parameters
        if isinstance(origin, Opaque):
            return Unknown(path, origin.why)
        if "*" in str(origin):
            return NonCompliant(path, "every origin may call (Access-Control-Allow-Origin: *)")
    return Compliant("the preflight is a mock that names its origins")
