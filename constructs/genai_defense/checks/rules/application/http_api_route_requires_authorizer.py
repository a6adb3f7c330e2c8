"""Nobody calls a route of an HTTP or WebSocket API unseen."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Reference, Unresolved, shown

_WITH_AUTHORIZER = ("JWT", "CUSTOM")


@rule(
    id="OwaspLlm-HttpApiRouteRequiresAuthorizer",
    boundary=Boundary.APPLICATION,
    level=Level.ERROR,
    info="The route answers callers that no authorizer has checked.",
    explanation="Anybody who finds the address talks to what stands behind it, at the owner's cost.",
    remedy="Set AuthorizationType to JWT or CUSTOM with an AuthorizerId, or to AWS_IAM.",
    source=Source(
        "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM06", "LLM10"),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0040", "AML.T0034"),
        nist_csf=("PR.AA",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC01-BP01",),
    ),
    resource_types=("AWS::ApiGatewayV2::Route",),
)
def http_api_route_requires_authorizer(route: Resource, _graph: TemplateGraph) -> Answer:
    """A WebSocket API asks once, when the connection is made; a preflight carries no token."""
    key = route.get("RouteKey")
    api = route.get("ApiId")
    socket = isinstance(api, Reference) and api.resource.get("ProtocolType") == "WEBSOCKET"
    if isinstance(key, str) and (key.startswith("OPTIONS ") or (socket and key != "$connect")):
        return NotApplicable()
    kind = route.get("AuthorizationType")
    if isinstance(kind, Opaque):
        return Unknown("AuthorizationType", kind.why)
    if kind == "AWS_IAM":
        return Compliant("IAM decides about every call")
    if kind in _WITH_AUTHORIZER:
        return _authorizer(route, str(kind))
    return NonCompliant("AuthorizationType", f"AuthorizationType is {shown(kind)}: anybody may call")


def _authorizer(route: Resource, kind: str) -> Answer:
    authorizer = route.get("AuthorizerId")
    if isinstance(authorizer, Unresolved):
        return Unknown("AuthorizerId", authorizer.why)
    if not authorizer:
        return NonCompliant("AuthorizerId", "no authorizer is named")
    return Compliant(f"an authorizer ({kind}) checks every call")
