"""Two small operators and a template for the tests of what runs them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from genai_defense.mutation.classes import MutantClass
from genai_defense.mutation.operator import Operator, Site, Weakening, operator

TEMPLATE: dict[str, Any] = {
    "Parameters": {"Stage": {"Type": "String", "Default": "dev"}},
    "Conditions": {"IsProd": {"Fn::Equals": [{"Ref": "Stage"}, "prod"]}},
    "Resources": {
        "Docs": {
            "Type": "AWS::S3::Bucket",
            "Properties": {
                "VersioningConfiguration": {"Status": "Enabled"},
                "PublicAccessBlockConfiguration": {
                    "BlockPublicAcls": True,
                    "BlockPublicPolicy": True,
                    "IgnorePublicAcls": True,
                    "RestrictPublicBuckets": True,
                },
                "Tags": [{"Key": "team", "Value": "chat"}],
            },
        },
        "Screen": {
            "Type": "AWS::Bedrock::Guardrail",
            "Properties": {
                "Name": "screen",
                "BlockedInputMessaging": "No.",
                "BlockedOutputsMessaging": "No.",
                "ContentPolicyConfig": {
                    "FiltersConfig": [
                        {"Type": "PROMPT_ATTACK", "InputStrength": "HIGH", "OutputStrength": "NONE"}
                    ]
                },
            },
        },
    },
}


def drop_property() -> Operator:
    """Drops every single property of a bucket: one of them, the tags, protects nothing."""

    @operator(id="drop-property", mutant_class=MutantClass.CONVENTIONAL, resource_types=("AWS::S3::Bucket",))
    def weaken(site: Site) -> Iterator[Weakening]:
        for name in site.properties:
            yield site.weakening(f"{name} is gone.", site.edit((name,)))

    return weaken


def weaken_filter() -> Operator:
    """Gives a guardrail's filters a lower strength, and one of a wrong type."""

    @operator(id="filter-down", mutant_class=MutantClass.GENAI, resource_types=("AWS::Bedrock::Guardrail",))
    def weaken(site: Site) -> Iterator[Weakening]:
        path = ("ContentPolicyConfig", "FiltersConfig", 0, "InputStrength")
        for strength in ("LOW", ["HIGH"]):
            yield site.weakening(f"The filter is {strength}.", site.edit(path, strength))

    return weaken


def template_in(folder: Path, body: Any = None) -> Path:
    """A file with a template. Default: `TEMPLATE`."""
    file = folder / "app.json"
    file.write_text(json.dumps(TEMPLATE if body is None else body))
    return file
