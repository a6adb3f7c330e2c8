"""Replaces a SAM template's local files by the addresses that `sam package` would write."""

from typing import Any

from genai_defense.checks.values import json_object

_UPLOADED = "s3://packaged/artifact"
_IMAGE = "111122223333.dkr.ecr.us-east-1.amazonaws.com/packaged:1"
# Type, and the property that names a local file.
_LOCAL_FILES = {
    "AWS::Serverless::Function": "CodeUri",
    "AWS::Serverless::LayerVersion": "ContentUri",
    "AWS::Serverless::Api": "DefinitionUri",
    "AWS::Serverless::HttpApi": "DefinitionUri",
    "AWS::Serverless::StateMachine": "DefinitionUri",
    "AWS::Serverless::GraphQLApi": "SchemaUri",
    "AWS::Serverless::Application": "Location",
}


def pretend_packaged(body: dict[str, Any]) -> None:
    """Change a SAM template in place, so that the translator takes it unpackaged.

    What the local files say (an OpenAPI document, a state machine) is not known to the check then.
    """
    shared = json_object((json_object(body.get("Globals")) or {}).get("Function")) or {}
    _replace(shared, "CodeUri")
    for resource in (json_object(body.get("Resources")) or {}).values():
        kind = (json_object(resource) or {}).get("Type")
        if kind not in _LOCAL_FILES:
            continue
        properties = json_object(resource.setdefault("Properties", {}))
        if properties is None:
            continue
        _replace(properties, _LOCAL_FILES[kind])
        if kind == "AWS::Serverless::Function":
            _give_code(properties, shared)


def _replace(properties: dict[str, Any], name: str) -> None:
    given = properties.get(name)
    if isinstance(given, str) and not given.startswith(("s3://", "arn:", "https://")):
        properties[name] = _UPLOADED


def _give_code(function: dict[str, Any], shared: dict[str, Any]) -> None:
    """`sam build` takes the folder of the template, or the image of the Metadata, where none is named."""
    image = "Image" in {function.get("PackageType"), shared.get("PackageType")}
    if image and not isinstance(function.get("ImageUri"), str | dict):
        function["ImageUri"] = _IMAGE
    elif not {"CodeUri", "InlineCode", "ImageUri"} & (function.keys() | shared.keys()):
        function["CodeUri"] = _UPLOADED
