"""The synthesized stacks of each profile, merged for questions that span them."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Resources = list[dict[str, Any]]


@pytest.fixture(params=["dev", "prod"])
def profile(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def assembly(profile: str, assembly_of: Callable[[str], Path]) -> Path:
    return assembly_of(profile)


@pytest.fixture
def resources(assembly: Path) -> Callable[[str], Resources]:
    """All resources of a type, from every stack of the profile."""
    templates = [json.loads(path.read_text()) for path in sorted(assembly.glob("*.template.json"))]
    assert len(templates) == 13

    def of_type(resource_type: str) -> Resources:
        return [
            resource
            for template in templates
            for resource in template["Resources"].values()
            if resource["Type"] == resource_type
        ]

    return of_type


@pytest.fixture
def template_of(assembly: Path) -> Callable[[str], dict[str, Any]]:
    """The template of one stack of the profile, by its short name."""

    def template(stack: str) -> dict[str, Any]:
        read: dict[str, Any] = json.loads((assembly / f"GenAiDefense-{stack}.template.json").read_text())
        return read

    return template
