"""Stacks that the kit did not write: every labelled fault is found, and what is sound is left alone."""

import json
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import TypedDict

import pytest

from genai_defense.checks.judge import judge
from genai_defense.checks.pack import OWASP_LLM
from genai_defense.checks.read.deployment import read_deployments

HERE = Path(__file__).parent
STACKS = ("data_heavy_rag.yaml", "terraform_style.json")


@cache
def found_in(stack: str) -> dict[str, set[str]]:
    """Logical id, to the rules that find something there."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for deployment in read_deployments(HERE / stack):
        for finding in judge(deployment, [OWASP_LLM]).findings:
            found[finding.resource].add(finding.rule.removeprefix("OwaspLlm-"))
    return found


class Labels(TypedDict):
    """What somebody who knows the services says of a stack."""

    faults: dict[str, list[str]]
    sound: list[str]


@cache
def labels_of(stack: str) -> Labels:
    labels: Labels = json.loads((HERE / stack).with_suffix(".labels.json").read_text())
    return labels


FAULTS = [
    (stack, resource, rule)
    for stack in STACKS
    for resource, rules in labels_of(stack)["faults"].items()
    for rule in rules
]


@pytest.mark.parametrize(("stack", "resource", "rule"), FAULTS)
def test_a_labelled_fault_is_found(stack: str, resource: str, rule: str) -> None:
    assert rule in found_in(stack)[resource]


@pytest.mark.parametrize(
    ("stack", "resource"), [(stack, resource) for stack in STACKS for resource in labels_of(stack)["sound"]]
)
def test_a_sound_resource_is_left_alone(stack: str, resource: str) -> None:
    assert found_in(stack)[resource] == set()


@pytest.mark.parametrize("stack", STACKS)
def test_the_labels_name_resources_of_the_stack(stack: str) -> None:
    declared = {
        logical_id
        for deployment in read_deployments(HERE / stack)
        for template in deployment.templates
        for logical_id in template.section("Resources")
    }
    assert {*labels_of(stack)["faults"], *labels_of(stack)["sound"]} <= declared
