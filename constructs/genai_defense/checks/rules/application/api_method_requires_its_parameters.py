"""What a method declares as required is really asked for."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Reference, flag, shown


@rule(
    id="OwaspLlm-ApiMethodRequiresItsParameters",
    boundary=Boundary.APPLICATION,
    level=Level.ERROR,
    info="The API method declares required parameters, and nothing asks for them.",
    explanation="Without a validator, API Gateway passes requests on that lack what the method calls"
    " required; a function that relies on it acts for nobody, or for everybody.",
    remedy="Set RequestValidatorId to a validator with ValidateRequestParameters.",
    source=Source(
        "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM01", "LLM06"),
        owasp_agentic=("ASI02",),
        mitre_atlas=("AML.T0049",),
        nist_csf=("PR.DS",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC04-BP02",),
    ),
    resource_types=("AWS::ApiGateway::Method",),
)
def api_method_requires_its_parameters(method: Resource, _graph: TemplateGraph) -> Answer:
    """A parameter that is declared with `false` is optional, and needs no validator."""
    parameters = method.get("RequestParameters")
    if isinstance(parameters, Opaque):
        return Unknown("RequestParameters", parameters.why)
    required = [
        name
        for name, needed in (parameters.items() if isinstance(parameters, dict) else ())
        if flag(needed, default=False) is not False
    ]
    return _asked_for(", ".join(required), method) if required else NotApplicable()


def _asked_for(required: str, method: Resource) -> Answer:
    validator = method.get("RequestValidatorId")
    if validator is None:
        return NonCompliant("RequestValidatorId", f"no validator asks for {required}")
    if not isinstance(validator, Reference):
        return Unknown("RequestValidatorId", shown(validator))
    asks = flag(validator.resource.get("ValidateRequestParameters"), default=False)
    if isinstance(asks, Opaque):
        return Unknown("RequestValidatorId", asks.why)
    if asks:
        return Compliant(f"{validator.resource.logical_id} asks for {required}")
    return NonCompliant("RequestValidatorId", f"{validator.resource.logical_id} does not look at parameters")
