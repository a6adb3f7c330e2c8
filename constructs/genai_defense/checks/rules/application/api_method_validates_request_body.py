"""A body that breaks the schema never reaches a function."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Reference, flag, shown

_WITHOUT_BODY = {"GET", "HEAD", "OPTIONS", "DELETE"}


@rule(
    id="OwaspLlm-ApiMethodValidatesRequestBody",
    boundary=Boundary.APPLICATION,
    level=Level.ERROR,
    info="The API method passes request bodies on without checking them against a schema.",
    explanation="Prompts of any length and shape reach the function and the model: cost, and room for attacks"
    " that a schema with length limits stops at the door.",
    remedy="Set RequestValidatorId to a validator with ValidateRequestBody, and RequestModels to a model with"
    " a JSON schema.",
    source=Source(
        "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html",
        "2026-11-23",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM01", "LLM10"),
        owasp_agentic=("ASI01",),
        mitre_atlas=("AML.T0051", "AML.T0029"),
        nist_csf=("PR.DS",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC04-BP02",),
    ),
    resource_types=("AWS::ApiGateway::Method",),
)
def api_method_validates_request_body(method: Resource, _graph: TemplateGraph) -> Answer:
    """Both must stand: a validator that looks at the body, and a schema to compare it with."""
    if method.get("HttpMethod") in _WITHOUT_BODY:
        return NotApplicable()
    validator = method.get("RequestValidatorId")
    if validator is None:
        return NonCompliant("RequestValidatorId", "no request validator is set")
    if not isinstance(validator, Reference):
        return Unknown("RequestValidatorId", shown(validator))
    checks_body = flag(validator.resource.get("ValidateRequestBody"), default=False)
    if isinstance(checks_body, Opaque):
        return Unknown("RequestValidatorId", checks_body.why)
    if not checks_body:
        return NonCompliant(
            "RequestValidatorId", f"{validator.resource.logical_id} does not look at the body"
        )
    return _schema(method)


def _schema(method: Resource) -> Answer:
    models = method.get("RequestModels")
    if isinstance(models, Opaque):
        return Unknown("RequestModels", models.why)
    for content_type, model in models.items() if isinstance(models, dict) else ():
        path = f"RequestModels.{content_type}"
        if not isinstance(model, Reference):
            return Unknown(path, f"the model is not in the templates: {shown(model)}")
        if not model.resource.get("Schema"):
            return NonCompliant(path, f"{model.resource.logical_id} has no schema: any body passes")
    if not isinstance(models, dict) or "$default" not in models:
        return NonCompliant("RequestModels", "no model for $default: another content type goes unchecked")
    return Compliant("bodies of every content type are checked against a schema")
