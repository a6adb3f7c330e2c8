"""The schema of a request says what each field is."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.model_schemas import field_schemas, schema_of
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque

_DESCRIBES = {"$ref", "allOf", "anyOf", "const", "enum", "not", "oneOf", "type"}
_SHAPES = {"$ref", "allOf", "anyOf", "enum", "items", "not", "oneOf", "patternProperties", "properties"}


@rule(
    id="OwaspLlm-ApiModelDescribesItsFields",
    boundary=Boundary.APPLICATION,
    level=Level.WARNING,
    info="The schema of the request describes no field, or a field of any type.",
    explanation="Objects and lists arrive where a function expects a text: texts without a limit, "
    "orders in a place that nobody screens.",
    remedy="List the fields under properties, and give each a type, an enum or a $ref.",
    source=Source(
        "https://docs.aws.amazon.com/apigateway/latest/developerguide/models-mappings-models.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM01", "LLM10"),
        owasp_agentic=("ASI02",),
        mitre_atlas=("AML.T0049",),
        nist_csf=("PR.DS",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC04-BP02",),
    ),
    resource_types=("AWS::ApiGateway::Model",),
)
def api_model_describes_its_fields(model: Resource, _graph: TemplateGraph) -> Answer:
    """A text, number or list of its own needs no fields."""
    schema = schema_of(model)
    if isinstance(schema, Opaque):
        return Unknown("Schema", schema.why)
    if schema.get("type", "object") == "object" and not _SHAPES & schema.keys():
        return NonCompliant("Schema", "every object is a good body")
    for path, field in field_schemas(schema, "Schema"):
        if isinstance(field, Opaque):
            return Unknown(path, field.why)
        if not isinstance(field, dict) or not _DESCRIBES & field.keys():
            return NonCompliant(path, "the field may be anything")
    return Compliant("the schema says what each field is")
