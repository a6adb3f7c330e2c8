"""Paths of REST APIs, put together from their resources."""

from genai_defense.checks.template_graph import Resource
from genai_defense.checks.values import Reference

_TYPE = "AWS::ApiGateway::Resource"
_DEEPEST = 20


def path_of(method: Resource) -> str | None:
    """The path of a method of a REST API, such as `/api/chat`; None where the templates do not say."""
    return _path(method.get("ResourceId"))


def resource_path(resource: Resource) -> str | None:
    """The path of an `AWS::ApiGateway::Resource`; None where the templates do not say."""
    return _path(Reference(resource, "Ref"))


def _path(at: object) -> str | None:
    parts: list[str] = []
    for _ in range(_DEEPEST):
        if not isinstance(at, Reference):
            return None
        if at.resource.type != _TYPE:
            # The root, which the API itself names.
            return "/" + "/".join(reversed(parts)) if at.attribute == "RootResourceId" else None
        part = at.resource.get("PathPart")
        if not isinstance(part, str):
            return None
        parts.append(part)
        at = at.resource.get("ParentId")
    return None
