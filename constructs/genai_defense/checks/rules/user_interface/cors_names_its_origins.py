"""No foreign page talks to the chatbot in a user's name."""

from collections.abc import Iterator

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.api_body import Operation, operations
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Value, dig, first_unresolved, items

_HEADER = "Access-Control-Allow-Origin"
_BODY_CORS = "Body.x-amazon-apigateway-cors.allowOrigins"
_CORS = "ResponseHeadersPolicyConfig.CorsConfig"
# Where each type says which origins may read its answers, apart from API Gateway's own headers.
_LISTS = {
    "AWS::ApiGatewayV2::Api": "CorsConfiguration.AllowOrigins",
    "AWS::CloudFront::ResponseHeadersPolicy": f"{_CORS}.AccessControlAllowOrigins.Items",
    "AWS::Lambda::Url": "Cors.AllowOrigins",
}


@rule(
    id="OwaspLlm-CorsNamesItsOrigins",
    boundary=Boundary.USER_INTERFACE,
    level=Level.ERROR,
    info="Every web page may read the answers of this resource.",
    explanation="A page that a user merely visits then asks the chatbot with what the browser holds, reads"
    " the answers, or spends the quota.",
    remedy="Serve page and API on one origin and allow none other, or name the origins.",
    source=Source(
        "https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM10"),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0024",),
        nist_csf=("PR.AA", "PR.DS"),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC01-BP01",),
    ),
    resource_types=(
        "AWS::ApiGateway::GatewayResponse",
        "AWS::ApiGateway::Method",
        "AWS::ApiGateway::RestApi",
        "AWS::ApiGatewayV2::Api",
        "AWS::CloudFront::ResponseHeadersPolicy",
        "AWS::Lambda::Url",
        "AWS::S3::Bucket",
    ),
)
def cors_names_its_origins(resource: Resource, _graph: TemplateGraph) -> Answer:
    """A resource that says nothing about other origins is read by none."""
    answer: Answer = NotApplicable()
    for path, origins in _allowed(resource):
        for origin in items(origins):
            if isinstance(origin, str) and origin.strip("'\"") in {"*", "http://*", "https://*"}:
                return NonCompliant(path, f"the origin {origin} is everybody")
        if unresolved := first_unresolved(origins):
            answer = Unknown(path, unresolved.why)
        elif isinstance(answer, NotApplicable):
            answer = Compliant("the origins that may read are named")
    return answer


def _allowed(resource: Resource) -> Iterator[tuple[str, Value]]:
    """The lists of origins that a resource names, each with its path."""
    lists: list[tuple[str, Value]] = []
    if path := _LISTS.get(resource.type):
        lists.append((path, resource.get(path)))
        lists.append((_BODY_CORS, resource.get(_BODY_CORS)))
    elif resource.type == "AWS::ApiGateway::RestApi":
        for operation in operations(resource):
            lists += _answered(operation)
    elif resource.type == "AWS::S3::Bucket":
        rules = items(resource.get("CorsConfiguration.CorsRules"))
        lists += [
            (f"CorsConfiguration.CorsRules.{i}.AllowedOrigins", dig(r, "AllowedOrigins"))
            for i, r in enumerate(rules)
        ]
    elif resource.type == "AWS::ApiGateway::GatewayResponse":
        lists += _headers(resource.get("ResponseParameters"), "ResponseParameters")
    else:
        for index, response in enumerate(items(resource.get("Integration.IntegrationResponses"))):
            where = f"Integration.IntegrationResponses.{index}.ResponseParameters"
            lists += _headers(dig(response, "ResponseParameters"), where)
    return ((path, value) for path, value in lists if value is not None)


def _answered(operation: Operation) -> Iterator[tuple[str, Value]]:
    """The headers that an operation of an OpenAPI document adds to its answers."""
    responses = dig(operation.integration, "responses") if isinstance(operation.integration, dict) else None
    for name, response in responses.items() if isinstance(responses, dict) else ():
        where = f"{operation.path}.x-amazon-apigateway-integration.responses.{name}.responseParameters"
        yield from _headers(dig(response, "responseParameters"), where)


def _headers(parameters: Value, path: str) -> list[tuple[str, Value]]:
    if not isinstance(parameters, dict):
        return [(path, parameters)] if parameters is not None else []
    return [
        (f"{path}.{name}", value)
        for name, value in parameters.items()
        if name.lower().endswith(f".{_HEADER}".lower())
    ]
