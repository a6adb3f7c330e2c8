"""Reads the JSON schema of an API's model."""

import json
from collections.abc import Iterator

from genai_defense.checks.template_graph import Resource
from genai_defense.checks.values import Opaque, Unresolved, Value


def schema_of(model: Resource) -> dict[str, Value] | Opaque:
    """The schema; opaque when the template does not spell it out."""
    schema = model.get("Schema")
    if isinstance(schema, str):
        try:
            read: Value = json.loads(schema)
        except ValueError:
            return Unresolved("the schema is no JSON")
        schema = read
    if isinstance(schema, dict | Opaque):
        return schema
    return Unresolved("the model has no schema") if schema else {}


def field_schemas(schema: Value, path: str) -> Iterator[tuple[str, Value]]:
    """Path and schema of each field, however deep."""
    if isinstance(schema, list):
        for index, inner in enumerate(schema):
            yield from field_schemas(inner, f"{path}.{index}")
    if not isinstance(schema, dict):
        return
    fields = schema.get("properties")
    for name, field in fields.items() if isinstance(fields, dict) else ():
        yield f"{path}.properties.{name}", field
        yield from field_schemas(field, f"{path}.properties.{name}")
    for key in ("items", "allOf", "anyOf", "oneOf"):
        yield from field_schemas(schema.get(key), f"{path}.{key}")
