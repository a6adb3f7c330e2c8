"""The schema of a request takes what it describes, and nothing else."""

from collections.abc import Iterator

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown, worst
from genai_defense.checks.model_schemas import field_schemas, schema_of
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Value, flag, references

_CLOSED, _COMPOSED = "additionalProperties", {"$ref", "allOf", "anyOf", "oneOf"}


@rule(
    id="OwaspLlm-ApiModelIsClosed",
    boundary=Boundary.APPLICATION,
    level=Level.WARNING,
    info="The schema of the request takes fields that it does not know, nothing at all, or something"
    " that is no object.",
    explanation="Fields that nobody screens reach the function beside the prompt, or the prompt is missing"
    " and a default stands in for it.",
    remedy="Give each object of the schema type object and additionalProperties false, and the body a"
    " list of required fields.",
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
def api_model_is_closed(model: Resource, graph: TemplateGraph) -> Answer:
    """Models of answers, and of what is no object, are left alone."""
    schema = schema_of(model)
    if isinstance(schema, Opaque):
        return Unknown("Schema", schema.why)
    if _answers_only(model, graph) or not isinstance(schema.get("properties"), dict):
        return NotApplicable()
    answer = worst(_closed(path, each) for path, each in _objects(schema))
    if isinstance(answer, Compliant) and not schema.get("required") and not _COMPOSED & schema.keys():
        return NonCompliant("Schema.required", "an empty object is a good body")
    return answer


def _closed(path: str, schema: dict[str, Value]) -> Answer:
    if schema.get("type") is None and not _COMPOSED & schema.keys():
        return NonCompliant(f"{path}.type", "a list or a text passes: fields are checked in objects only")
    if isinstance(schema.get(_CLOSED), dict) or _COMPOSED & schema.keys():
        return Compliant("it says what else it takes")
    more = flag(schema.get(_CLOSED), default=True)
    if isinstance(more, Opaque):
        return Unknown(f"{path}.{_CLOSED}", more.why)
    if more:
        return NonCompliant(f"{path}.{_CLOSED}", "fields that the schema does not know pass")
    return Compliant("it takes what it describes, and nothing else")


def _objects(schema: dict[str, Value]) -> Iterator[tuple[str, dict[str, Value]]]:
    """The schemas that describe fields, with their paths."""
    for path, each in (("Schema", schema), *field_schemas(schema, "Schema")):
        if isinstance(each, dict) and isinstance(each.get("properties"), dict):
            yield path, each


def _answers_only(model: Resource, graph: TemplateGraph) -> bool:
    """Whether methods name it for what they answer, and none for what it is asked."""
    methods = [each for each in graph.referrers(model) if each.type == "AWS::ApiGateway::Method"]
    asked = (found.resource for each in methods for found in references(each.get("RequestModels")))
    return bool(methods) and model not in asked
