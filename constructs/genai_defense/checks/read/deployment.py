"""What is checked together: one template, or the stacks of one cloud assembly."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from genai_defense.checks.assembly import load_templates
from genai_defense.checks.read.acknowledged import acknowledgements
from genai_defense.checks.read.cycles import cycle_in
from genai_defense.checks.read.document import read_document
from genai_defense.checks.read.errors import UnusableInputError
from genai_defense.checks.read.limits import check_shape
from genai_defense.checks.read.loops import expand_loops
from genai_defense.checks.read.sam import expand, is_sam
from genai_defense.checks.reasons import why_unacceptable
from genai_defense.checks.template_graph import DEPLOYMENT, Resource, Template
from genai_defense.checks.values import json_object

ACKNOWLEDGED_HERE = "GenAiDefense::Acknowledged"
"""Metadata of a resource in a template that no CDK made, or of the first template for rules about the whole
deployment: rule to reason."""
_NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True, kw_only=True)
class Deployment:
    """Templates that are deployed together.

    Attributes:
        path: What the user named, or the assembly of a stage below it.
        templates: Its templates, nested ones after their parents.
        sources: Template name and logical id of a generated resource, to the resource that the author wrote.
        acknowledged: Construct path to what is acknowledged there: finding with namespace, and reason.
    """

    path: str
    templates: tuple[Template, ...]
    sources: Mapping[tuple[str, str], tuple[str, str]] = field(default_factory=dict[Any, Any])
    acknowledged: Mapping[str, Mapping[str, str]] = field(default_factory=dict[Any, Any])

    def author(self, resource: Resource) -> tuple[str, str]:
        """Logical id and type of the resource as its author knows it."""
        here = resource.template.name, resource.logical_id
        return self.sources.get(here, (resource.logical_id, resource.type))

    def reason(self, rule_id: str, resource: Resource) -> str | None:
        """Why somebody accepts a rule's finding on a resource; None where nobody does."""
        here = resource.template
        whole = resource.type == DEPLOYMENT
        body = here.body if whole else here.entry("Resources", resource.logical_id) or {}
        own = json_object((json_object(body.get("Metadata")) or {}).get(ACKNOWLEDGED_HERE)) or {}
        given = own.get(rule_id)
        if isinstance(given, str) and why_unacceptable(given) is None:
            return given
        finding = f"{rule_id.partition('-')[0]}::{rule_id}"
        path = resource.construct_path
        while path:
            if (reason := self.acknowledged.get(path, _NOTHING).get(finding)) is not None:
                return reason
            path = path.rpartition("/")[0]
        return None


def read_deployments(path: Path) -> list[Deployment]:
    """Read a template, or a cloud assembly with its stages.

    Args:
        path: A template's file, or the directory that `cdk synth` wrote.

    Returns:
        One deployment for a template, one for each assembly that holds stacks.

    Raises:
        UnusableInputError: It cannot be read as what it is.
    """
    deployments = list(_assemblies(path)) if path.is_dir() else [_template(path)]
    for deployment in deployments:
        for template in deployment.templates:
            if cycle := cycle_in(template.body):
                raise UnusableInputError(
                    f"{template.name}: {' -> '.join(cycle)} is a cycle of references; nothing deploys it."
                )
    return deployments


def _template(path: Path) -> Deployment:
    body = expand_loops(read_document(path), str(path))
    written = json_object(body.get("Resources"))
    if not written:
        raise UnusableInputError(f"{path}: it has no Resources, so it is no template of CloudFormation.")
    if not is_sam(body):
        return Deployment(path=str(path), templates=(Template(name=str(path), body=body),))
    expanded, sources = expand(body, str(path))
    return Deployment(
        path=str(path),
        templates=(Template(name=str(path), body=expanded),),
        sources={
            (str(path), generated): (source, str(written[source].get("Type")))
            for generated, source in sources.items()
        },
    )


def _assemblies(folder: Path) -> Iterator[Deployment]:
    if not (folder / "manifest.json").is_file():
        raise UnusableInputError(
            f"{folder}: no manifest.json in it. Give the directory that `cdk synth` wrote (cdk.out), or a"
            " template's file."
        )
    artifacts = json_object(read_document(folder / "manifest.json").get("artifacts")) or {}
    stacks: list[Path] = []
    acknowledged: dict[str, dict[str, str]] = {}
    below: list[Deployment] = []
    for name in artifacts:
        artifact = json_object(artifacts[name]) or {}
        properties = json_object(artifact.get("properties")) or {}
        if artifact.get("type") == "cdk:cloud-assembly":
            below.extend(_assemblies(folder / str(properties.get("directoryName"))))
        if artifact.get("type") == "aws:cloudformation:stack":
            stacks.append(folder / str(properties.get("templateFile")))
            for made in acknowledgements(artifact, folder):
                acknowledged.setdefault(made.path, {})[made.finding] = made.reason
    if stacks:
        yield Deployment(path=str(folder), templates=_stacks(stacks), acknowledged=acknowledged)
    elif not below:
        raise UnusableInputError(f"{folder}: its manifest names no stack. Synthesize again.")
    yield from below


def _stacks(paths: list[Path]) -> tuple[Template, ...]:
    try:
        templates = tuple(load_templates(paths))
    except ValueError as error:
        raise UnusableInputError(str(error)) from error
    for template in templates:
        check_shape(template.body, template.name)
    return templates
