"""An HTTP or WebSocket API takes requests through CloudFront, since WAF cannot stand before it."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, flag, items, references


@rule(
    id="OwaspLlm-HttpApiStandsBehindWebAcl",
    boundary=Boundary.USER_INTERFACE,
    level=Level.WARNING,
    info="The HTTP or WebSocket API is reachable at its own address, where no web ACL can stand.",
    explanation="WAF protects REST APIs only: floods and known exploits reach the API, and every"
    " request that gets through costs tokens.",
    remedy="Put a distribution with a web ACL in front, under a name of your own, and set"
    " DisableExecuteApiEndpoint; or take a REST API.",
    source=Source(
        "https://docs.aws.amazon.com/waf/latest/developerguide/how-aws-waf-works-resources.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM10",),
        owasp_agentic=("ASI08",),
        mitre_atlas=("AML.T0029", "AML.T0034", "AML.T0049"),
        nist_csf=("PR.IR",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC04-BP02",),
    ),
    resource_types=("AWS::ApiGatewayV2::Api",),
)
def http_api_stands_behind_web_acl(api: Resource, graph: TemplateGraph) -> Answer:
    """A distribution that names the API and proves itself with a header counts, too."""
    closed = flag(api.get("DisableExecuteApiEndpoint"), default=False)
    if isinstance(closed, Opaque):
        return Unknown("DisableExecuteApiEndpoint", closed.why)
    if closed:
        return Compliant("the API's own address is closed")
    for distribution in graph.of_type("AWS::CloudFront::Distribution"):
        for origin in items(distribution.get("DistributionConfig.Origins")):
            named = any(found.resource is api for found in references(origin))
            if named and distribution.get("DistributionConfig.WebACLId"):
                return Compliant(f"{distribution.logical_id} stands in front, with a web ACL")
    return NonCompliant(
        "DisableExecuteApiEndpoint", "the API's own address is open, and no web ACL stands there"
    )
