"""What changes nothing about a template changes nothing about its findings; what is stricter adds none."""

import copy
import json
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest

from genai_defense.checks.judge import judge
from genai_defense.checks.pack import OWASP_LLM
from genai_defense.checks.read.deployment import Deployment, read_deployments
from tests.checks.neutral.edits import EDITS, original_name
from tests.checks.neutral.stricter import stricter

_FOREIGN = Path(__file__).resolve().parents[1] / "foreign"
STACKS = (
    "assistant.template.json",
    "data_heavy_rag.yaml",
    "sam_chat.yaml",
    "support_agent.yaml",
    "terraform_style.json",
)
WITHOUT = {
    # Nothing there that the edit could change.
    ("assistant.template.json", "reorder_statements"),
    ("support_agent.yaml", "reorder_statements"),
    ("terraform_style.json", "join_instead_of_sub"),
}
Finding = tuple[str, str, str]
Change = Callable[[dict[str, Any]], dict[str, Any]]


@cache
def _foreign(stack: str) -> Deployment:
    (deployment,) = read_deployments(_FOREIGN / stack)
    # What SAM generates is judged by its own names here: a renamed resource has no author.
    return replace(deployment, sources={})


def _findings(deployment: Deployment) -> set[Finding]:
    return {
        (found.rule, original_name(found.resource), found.status)
        for found in judge(deployment, [OWASP_LLM]).findings
    }


def _changed(deployment: Deployment, change: Change) -> Deployment:
    templates = [replace(each, body=change(copy.deepcopy(dict(each.body)))) for each in deployment.templates]
    assert json.dumps([each.body for each in templates]) != json.dumps(
        [each.body for each in deployment.templates]
    )
    return replace(deployment, templates=tuple(templates))


@pytest.mark.parametrize(
    ("stack", "name"),
    [(stack, name) for stack in STACKS for name in EDITS if (stack, name) not in WITHOUT],
)
def test_a_neutral_edit_of_a_foreign_stack_changes_no_finding(stack: str, name: str) -> None:
    deployment = _foreign(stack)
    random = Random(name)  # noqa: S311 - a shuffle, the same in every run
    assert _findings(_changed(deployment, lambda body: EDITS[name](body, random))) == _findings(deployment)


@pytest.mark.parametrize("stack", STACKS)
def test_stricter_values_of_a_foreign_stack_add_no_finding(stack: str) -> None:
    deployment = _foreign(stack)
    assert _findings(_changed(deployment, stricter)) <= _findings(deployment)


@pytest.fixture(scope="module")
def kit(assembly_of: Callable[[str], Path]) -> tuple[Deployment, set[Finding]]:
    """The kit's own prod, and what is found there."""
    (deployment,) = read_deployments(assembly_of("prod"))
    return deployment, _findings(deployment)


@pytest.mark.slow
@pytest.mark.parametrize("name", EDITS)
def test_a_neutral_edit_of_the_kit_changes_no_finding(
    kit: tuple[Deployment, set[Finding]], name: str
) -> None:
    deployment, before = kit
    random = Random(name)  # noqa: S311 - a shuffle, the same in every run
    assert _findings(_changed(deployment, lambda body: EDITS[name](body, random))) == before


def test_stricter_values_of_the_kit_add_no_finding(kit: tuple[Deployment, set[Finding]]) -> None:
    deployment, before = kit
    assert _findings(_changed(deployment, stricter)) <= before
