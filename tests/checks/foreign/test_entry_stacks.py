"""Entries, agents and model hosts as others write them: each labelled fault is found, nothing sound is."""

import json
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from genai_defense.checks.judge import judge
from genai_defense.checks.pack import OWASP_LLM
from genai_defense.checks.read.deployment import read_deployments

HERE = Path(__file__).parent
STACKS = ("assistant.template.json", "sam_chat.yaml", "support_agent.yaml")


@cache
def _findings(stack: str) -> dict[str, set[str]]:
    """Logical id as the author wrote it, to the rules that find something there."""
    found: dict[str, set[str]] = defaultdict(set)
    (deployment,) = read_deployments(HERE / stack)
    for finding in judge(deployment, [OWASP_LLM]).findings:
        found[finding.resource].add(finding.rule.removeprefix("OwaspLlm-"))
    return found


def _labels(stack: str) -> dict[str, Any]:
    labels: dict[str, Any] = json.loads((HERE / f"{stack.partition('.')[0]}.labels.json").read_text())
    return labels


FAULTS = [
    (stack, resource, rule)
    for stack in STACKS
    for resource, rules in _labels(stack)["faults"].items()
    for rule in rules
]
SOUND = [(stack, resource) for stack in STACKS for resource in _labels(stack)["sound"]]


@pytest.mark.parametrize(("stack", "resource", "rule"), FAULTS)
def test_a_labelled_fault_is_found(stack: str, resource: str, rule: str) -> None:
    assert rule in _findings(stack)[resource]


@pytest.mark.parametrize(("stack", "resource"), SOUND)
def test_a_sound_resource_is_left_alone(stack: str, resource: str) -> None:
    assert _findings(stack)[resource] == set()


@pytest.mark.parametrize("stack", STACKS)
def test_a_resource_is_labelled_once(stack: str) -> None:
    labels = _labels(stack)
    text = (HERE / stack).read_text()
    assert not set(labels["faults"]) & set(labels["sound"])
    assert all(resource in text for resource in (*labels["faults"], *labels["sound"]))
