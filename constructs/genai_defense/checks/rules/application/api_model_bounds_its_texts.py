"""No prompt without an end reaches the function."""

import json
from collections.abc import Iterator

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Value, shown, whole


@rule(
    id="OwaspLlm-ApiModelBoundsItsTexts",
    boundary=Boundary.APPLICATION,
    level=Level.WARNING,
    info="The schema of the request takes texts of any length, or very long ones.",
    explanation="A prompt of megabytes costs its tokens, hides orders in its middle, and is screened"
    " slowly or not at all.",
    remedy="Give every string of the schema a maxLength at the bound `text_characters` or below.",
    source=Source(
        "https://docs.aws.amazon.com/apigateway/latest/developerguide/models-mappings-models.html",
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
    resource_types=("AWS::ApiGateway::Model",),
)
def api_model_bounds_its_texts(model: Resource, graph: TemplateGraph) -> Answer:
    """A pattern, a format or a list of values bounds a text as well."""
    schema = model.get("Schema")
    if isinstance(schema, str):
        try:
            schema = json.loads(schema)
        except ValueError:
            return Unknown("Schema", "the schema is no JSON")
    if isinstance(schema, Opaque):
        return Unknown("Schema", schema.why)
    answer: Answer = NotApplicable()
    for path, text in _texts(schema, "Schema"):
        longest = whole(text.get("maxLength"), default=-1)
        if isinstance(longest, Opaque):
            return Unknown(f"{path}.maxLength", longest.why)
        if not 0 <= longest <= graph.bounds.text_characters:
            return NonCompliant(f"{path}.maxLength", f"maxLength is {shown(text.get('maxLength'))}")
        answer = Compliant("every text has a longest length")
    return answer


def _texts(schema: Value, path: str) -> Iterator[tuple[str, dict[str, Value]]]:
    """The schemas of strings that nothing else bounds."""
    if isinstance(schema, list):
        for index, inner in enumerate(schema):
            yield from _texts(inner, f"{path}.{index}")
    if not isinstance(schema, dict):
        return
    if schema.get("type") == "string" and not schema.keys() & {"enum", "const", "pattern", "format"}:
        yield path, schema
    for key, inner in schema.items():
        if key not in {"enum", "const", "examples", "default"}:
            yield from _texts(inner, f"{path}.{key}")
