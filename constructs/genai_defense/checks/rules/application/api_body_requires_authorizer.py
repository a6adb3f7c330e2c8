"""Every path of an API that is written as OpenAPI asks who calls."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown, worst
from genai_defense.checks.api_body import Operation, is_authorized, is_implicit, operations
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Unresolved, items, references

_APIS = ("AWS::ApiGateway::RestApi", "AWS::ApiGatewayV2::Api")


@rule(
    id="OwaspLlm-ApiBodyRequiresAuthorizer",
    boundary=Boundary.APPLICATION,
    level=Level.ERROR,
    info="The API answers callers that no authorizer has checked.",
    explanation="Anybody who finds the address talks to what stands behind it, at the owner's cost.",
    remedy="Give every operation a security scheme with an authorizer (in SAM: Auth with"
    " DefaultAuthorizer), or AWS_IAM; an API key identifies nobody.",
    source=Source(
        "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-swagger-extensions-authorizer.html",
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
    resource_types=("AWS::ApiGateway::RestApi", "AWS::ApiGatewayV2::Api", "AWS::Lambda::Function"),
)
def api_body_requires_authorizer(resource: Resource, graph: TemplateGraph) -> Answer:
    """An API that SAM adds for the events of functions is answered for by these."""
    if resource.type == "AWS::Lambda::Function":
        implicit = [api for api in graph.of_type(*_APIS) if is_implicit(api)]
        return worst(_judge(one, api) for api in implicit for one in operations(api) if _calls(one, resource))
    if resource.get("BodyS3Location") is not None:
        return Unknown(
            "BodyS3Location",
            "the document is a file outside of the template: write it into Body, or accept this",
        )
    if is_implicit(resource) or _is_private(resource):
        return NotApplicable()
    body = resource.get("Body")
    if isinstance(body, Opaque):
        return Unknown("Body", body.why)
    return worst(_judge(one, resource) for one in operations(resource))


def _judge(operation: Operation, api: Resource) -> Answer:
    if operation.is_preflight:
        return NotApplicable()
    authorized = is_authorized(operation, api)
    if isinstance(authorized, Unresolved):
        return Unknown(operation.path, authorized.why)
    if authorized:
        return Compliant(f"{operation.name} asks who calls")
    return NonCompliant(operation.path, f"anybody may call {operation.name}")


def _calls(operation: Operation, function: Resource) -> bool:
    return any(found.resource is function for found in references(operation.integration))


def _is_private(api: Resource) -> bool:
    return "PRIVATE" in items(api.get("EndpointConfiguration.Types"))
