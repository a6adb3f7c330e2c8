"""Reads the acknowledgements that the CDK leaves in a cloud assembly."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from genai_defense.checks.read.document import read_document
from genai_defense.checks.report import Acknowledgement
from genai_defense.checks.values import json_list, json_object

_METADATA_KEY = "aws:cdk:acknowledged-rules"


def acknowledgements(artifact: dict[str, Any], folder: Path) -> Iterator[Acknowledgement]:
    """What is acknowledged in one artifact of an assembly, whether or not a finding matched.

    Args:
        artifact: An entry of the manifest.
        folder: Where the manifest stands.

    Raises:
        UnusableInputError: The file beside the manifest that holds the metadata cannot be read.
    """
    metadata = dict(json_object(artifact.get("metadata")) or {})
    if isinstance(file := artifact.get("additionalMetadataFile"), str):
        metadata |= read_document(folder / file)
    for path, entries in metadata.items():
        for entry in json_list(entries):
            body = json_object(entry) or {}
            if body.get("type") == _METADATA_KEY:
                for finding, reason in (json_object(body.get("data")) or {}).items():
                    yield Acknowledgement(
                        finding=str(finding), path=path.removeprefix("/"), reason=str(reason)
                    )
