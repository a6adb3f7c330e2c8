"""An API with a modern TLS policy answers to its own names only."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque

_PATH = "EndpointAccessMode"


@rule(
    id="OwaspLlm-ApiAnswersToItsNames",
    boundary=Boundary.APPLICATION,
    level=Level.WARNING,
    info="The API does not compare the host that a request names with the certificate that it was shown.",
    explanation="A request for one name comes in under another, past the web ACL, the rate or the authorizer"
    " that stand before it.",
    remedy="Set EndpointAccessMode to STRICT.",
    source=Source(
        "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM10",),
        owasp_agentic=("ASI08",),
        mitre_atlas=("AML.T0029", "AML.T0034"),
        nist_csf=("PR.IR",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC04-BP02",),
    ),
    resource_types=("AWS::ApiGateway::RestApi", "AWS::ApiGateway::DomainName"),
)
def api_answers_to_its_names(api: Resource, _graph: TemplateGraph) -> Answer:
    """Whoever does not say has a policy of TLS that knows no such mode, or chose nothing yet."""
    mode = api.get(_PATH)
    if mode is None:
        return NotApplicable()
    if isinstance(mode, Opaque):
        return Unknown(_PATH, mode.why)
    if mode == "STRICT":
        return Compliant("the host of a request is checked")
    return NonCompliant(_PATH, "EndpointAccessMode is BASIC: the host of a request is not checked")
