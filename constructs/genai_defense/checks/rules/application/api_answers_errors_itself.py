"""An API that words its own errors words all of them."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque

_RESPONSE = "AWS::ApiGateway::GatewayResponse"
_DEFAULTS = ("DEFAULT_4XX", "DEFAULT_5XX")


@rule(
    id="OwaspLlm-ApiAnswersErrorsItself",
    boundary=Boundary.APPLICATION,
    level=Level.WARNING,
    info="The API has answers of its own to some errors, and none to the rest.",
    explanation="The rest comes in the words of API Gateway, without the security headers and with what it"
    " knows of the integration: it tells an attacker apart what should look alike.",
    remedy="Add gateway responses of the types DEFAULT_4XX and DEFAULT_5XX with the same headers.",
    source=Source(
        "https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM10",),
        owasp_agentic=("ASI08",),
        mitre_atlas=("AML.T0029",),
        nist_csf=("DE.AE", "RC.RP"),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC04-BP02",),
    ),
    resource_types=("AWS::ApiGateway::RestApi",),
)
def api_answers_errors_itself(api: Resource, graph: TemplateGraph) -> Answer:
    """An API that leaves every error to API Gateway is not asked."""
    types = [each.get("ResponseType") for each in graph.referrers(api) if each.type == _RESPONSE]
    if not types:
        return NotApplicable()
    if opaque := next((each for each in types if isinstance(each, Opaque)), None):
        return Unknown("ResponseType", opaque.why)
    if missing := [each for each in _DEFAULTS if each not in types]:
        return NonCompliant("", f"no gateway response is of type {' or '.join(missing)}")
    return Compliant("what has no answer of its own gets the default one")
