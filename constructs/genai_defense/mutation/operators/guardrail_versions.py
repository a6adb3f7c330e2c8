"""Numbered versions of guardrails: who uses one gets the draft, which changes without notice."""

from collections.abc import Iterator
from typing import Any

from genai_defense.mutation.edit import Edit, Path
from genai_defense.mutation.factories import GENAI
from genai_defense.mutation.operator import Site, Weakening, operator
from genai_defense.mutation.places import places
from genai_defense.mutation.shapes import is_array, is_object


def _uses(node: Any, version: str, path: Path) -> Iterator[Path]:
    if is_object(node):
        if node.get("Fn::GetAtt") in ([version, "Version"], f"{version}.Version"):
            yield path
            return
        for key, inner in node.items():
            yield from _uses(inner, version, (*path, key))
    elif is_array(node):
        for index, inner in enumerate(node):
            yield from _uses(inner, version, (*path, index))


@operator(
    id="guardrail-version-unused", mutant_class=GENAI, resource_types=("AWS::Bedrock::GuardrailVersion",)
)
def unused(site: Site) -> Iterator[Weakening]:
    """Each resource that uses the version, by itself."""
    for logical_id, resource in site.templates[site.template]["Resources"].items():
        found = list(_uses(resource, site.logical_id, ("Resources", logical_id)))
        if found:
            yield site.weakening(
                f"{logical_id} uses the draft.",
                *(Edit(template=site.template, path=path, value="DRAFT") for path in found),
            )


@operator(
    id="guardrail-version-draft",
    mutant_class=GENAI,
    resource_types=("AWS::Bedrock::Agent", "AWS::Bedrock::Flow", "AWS::Bedrock::Prompt"),
)
def draft(site: Site) -> Iterator[Weakening]:
    """Each guardrail configuration of agents, and of nodes of flows."""
    for pattern in (
        "GuardrailConfiguration",
        "Definition.Nodes.*.Configuration.Prompt.GuardrailConfiguration",
        "Definition.Nodes.*.Configuration.KnowledgeBase.GuardrailConfiguration",
    ):
        for place in places(site.properties, pattern):
            if is_object(place.value) and place.value.get("GuardrailVersion") != "DRAFT":
                yield site.weakening(
                    f"{place.label or 'It'} uses the guardrail's draft.",
                    site.edit((*place.path, "GuardrailVersion"), "DRAFT"),
                )
