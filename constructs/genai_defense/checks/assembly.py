"""Reads templates from the files that a synth wrote."""

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from genai_defense.checks.template_graph import Template
from genai_defense.checks.values import json_object

_STACK = "AWS::CloudFormation::Stack"
_ASSET = re.compile(r"([0-9a-f]{64})\.json")


def load_templates(paths: Iterable[Path]) -> list[Template]:
    """Read JSON templates together with the nested stacks that the CDK wrote beside them.

    Nested stacks are found through the asset manifest (`<stack>.assets.json`). The template's own
    `aws:asset:path` is there only when the CDK CLI has started the app.

    Args:
        paths: Template files of one deployment.

    Returns:
        The templates, named by their path; each nested one after its parent.

    Raises:
        ValueError: A file is missing, or is not a JSON object.
    """
    return [template for path in paths for template in _with_nested(path, None, _assets(path))]


def _assets(path: Path) -> dict[str, Any]:
    manifest = path.with_name(path.name.removesuffix(".template.json") + ".assets.json")
    return _read(manifest).get("files", {}) if manifest.is_file() else {}


def _read(path: Path) -> dict[str, Any]:
    try:
        body = json_object(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise ValueError(f"{path}: not a readable JSON file ({error}). Synthesize again.") from error
    if body is None:
        raise ValueError(f"{path}: a template is a JSON object, this is not. Synthesize again.")
    return body


def _with_nested(path: Path, nested_in: tuple[str, str] | None, assets: dict[str, Any]) -> Iterator[Template]:
    template = Template(name=str(path), body=_read(path), nested_in=nested_in)
    yield template
    for logical_id in template.section("Resources"):
        resource = template.entry("Resources", logical_id) or {}
        if resource.get("Type") != _STACK:
            continue
        for digest in _ASSET.findall(json.dumps(resource.get("Properties"))):
            if digest in assets:
                inner = path.parent / assets[digest]["source"]["path"]
                yield from _with_nested(inner, (template.name, logical_id), assets)
