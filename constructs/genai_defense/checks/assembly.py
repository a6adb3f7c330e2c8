"""Reads templates from the files that a synth wrote."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from genai_defense.checks.template_graph import Template
from genai_defense.checks.values import json_object

_STACK = "AWS::CloudFormation::Stack"


def load_templates(paths: Iterable[Path]) -> list[Template]:
    """Read JSON templates together with the nested stacks that the CDK wrote beside them.

    Args:
        paths: Template files of one deployment.

    Returns:
        The templates, named by their path; each nested one after its parent.

    Raises:
        ValueError: A file is missing, or is not a JSON object.
    """
    return [template for path in paths for template in _with_nested(path, None)]


def _with_nested(path: Path, nested_in: tuple[str, str] | None) -> Iterator[Template]:
    try:
        body = json_object(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise ValueError(f"{path}: not a readable JSON template ({error}). Synthesize again.") from error
    if body is None:
        raise ValueError(f"{path}: a template is a JSON object, this is not. Synthesize again.")
    template = Template(name=str(path), body=body, nested_in=nested_in)
    yield template
    for logical_id in template.section("Resources"):
        resource = template.entry("Resources", logical_id) or {}
        asset = (json_object(resource.get("Metadata")) or {}).get("aws:asset:path")
        # Without the CDK's metadata a nested template is somewhere in S3, out of reach.
        if resource.get("Type") == _STACK and isinstance(asset, str):
            yield from _with_nested(path.parent / asset, (template.name, logical_id))
