"""An API with a name of its own, or behind CloudFront, has no second door."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, dig, flag, items, references

_FRONTS = (
    "AWS::ApiGateway::BasePathMapping",
    "AWS::ApiGatewayV2::ApiMapping",
    "AWS::CloudFront::Distribution",
)


@rule(
    id="OwaspLlm-ApiHasOneEntry",
    boundary=Boundary.APPLICATION,
    level=Level.WARNING,
    info="The API is reachable at its default address, past what stands in front of its own name.",
    explanation="Web ACL, headers and rates of the distribution, or mutual TLS of the name, are gone"
    " round by whoever knows the API's id.",
    remedy="Set DisableExecuteApiEndpoint, or let the distribution prove itself by a secret header"
    " that the API's web ACL or authorizer demands.",
    source=Source(
        "https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-disable-default-endpoint.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM10",),
        owasp_agentic=("ASI08",),
        mitre_atlas=("AML.T0029", "AML.T0034", "AML.T0049"),
        nist_csf=("PR.IR",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC04-BP02",),
    ),
    resource_types=("AWS::ApiGateway::RestApi", "AWS::ApiGatewayV2::Api"),
)
def api_has_one_entry(api: Resource, graph: TemplateGraph) -> Answer:
    """An API with nothing in front of it has but its default address."""
    fronts = [front for front in graph.referrers(api) if front.type in _FRONTS]
    if not fronts or "PRIVATE" in items(api.get("EndpointConfiguration.Types")):
        return NotApplicable()
    closed = flag(api.get("DisableExecuteApiEndpoint"), default=False)
    if isinstance(closed, Opaque):
        return Unknown("DisableExecuteApiEndpoint", closed.why)
    if closed:
        return Compliant("the default address is closed")
    for front in fronts:
        if not _proves_itself(front, api):
            return NonCompliant(
                "DisableExecuteApiEndpoint", f"the default address goes round {front.logical_id}"
            )
    return Compliant("what stands in front proves itself by a header")


def _proves_itself(front: Resource, api: Resource) -> bool:
    """A header that a distribution adds is its secret; a name of one's own has none."""
    return any(
        dig(origin, "OriginCustomHeaders") is not None
        for origin in items(front.get("DistributionConfig.Origins"))
        if any(found.resource is api for found in references(origin))
    )
