"""Reads Bedrock flows: the nodes that ask a model."""

from collections.abc import Iterator
from typing import cast

from genai_defense.checks.json_text import json_text
from genai_defense.checks.template_graph import Resource
from genai_defense.checks.values import Opaque, Unresolved, Value, dig, items, json_object

_ASKING = ("Prompt", "KnowledgeBase")


def asking_nodes(flow: Resource) -> list[tuple[str, Value]] | Unresolved:
    """Path and configuration of each node that asks a model; unresolved where the flow is not readable."""
    if flow.get("DefinitionS3Location") is not None:
        return Unresolved("the definition stands in S3")
    text = flow.get("DefinitionString")
    if text is None:
        nodes = flow.get("Definition.Nodes")
        return nodes if isinstance(nodes, Unresolved) else list(_asking(nodes, "Definition.Nodes"))
    read = json_text(text)
    if isinstance(read, Unresolved):
        return read
    found = [_upper(cast("Value", body)) for body in read]
    return [node for body in found for node in _asking(dig(body, "Nodes"), "DefinitionString.nodes")]


def _asking(nodes: Value, path: str) -> Iterator[tuple[str, Value]]:
    for index, node in enumerate(items(nodes)):
        configuration = node if isinstance(node, Opaque) else dig(node, "Configuration")
        if isinstance(configuration, Opaque):
            yield f"{path}.{index}", configuration
        for kind in _ASKING:
            inner = dig(configuration, kind) if isinstance(configuration, dict) else None
            # A knowledge base without a model only retrieves.
            if inner is not None and (kind == "Prompt" or dig(inner, "ModelId") is not None):
                yield f"{path}.{index}.Configuration.{kind}", inner


def _upper(value: Value) -> Value:
    """The API's spelling as CloudFormation's, which begins in upper case."""
    if isinstance(value, list):
        return [_upper(inner) for inner in value]
    if (body := json_object(value)) is not None:
        return {f"{key[:1].upper()}{key[1:]}": _upper(inner) for key, inner in body.items()}
    return value
