"""Controls of the way of a document are taken away one by one, and a rule of the pack speaks up."""

import copy
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from genai_defense.checks.answer import NonCompliant, Unknown
from genai_defense.checks.pack import OWASP_LLM
from genai_defense.checks.template_graph import Template, TemplateGraph
from tests.stacks.removed_controls import REMOVALS, Templates

# The stacks that hold these controls; what they import from others counts as unknown, before and after.
_STACKS = ("Data", "Ingestion", "Knowledge")


@pytest.fixture(scope="module")
def templates(assembly_of: Callable[[str], Path]) -> Templates:
    """The templates of `prod`, where every control is on."""
    folder = assembly_of("prod")
    return {
        stack: json.loads((folder / f"GenAiDefense-{stack}.template.json").read_text()) for stack in _STACKS
    }


def _findings(templates: Templates) -> set[tuple[str, str]]:
    graph = TemplateGraph([Template(name, body) for name, body in templates.items()])
    return {
        (result.rule.id, result.resource.logical_id)
        for result in OWASP_LLM.evaluate(graph)
        if isinstance(result.answer, NonCompliant | Unknown)
    }


@pytest.fixture(scope="module")
def before(templates: Templates) -> set[tuple[str, str]]:
    """What the rules say while every control stands."""
    return _findings(templates)


@pytest.mark.parametrize("control", sorted(REMOVALS))
def test_no_control_goes_without_a_word(
    control: str, templates: Templates, before: set[tuple[str, str]]
) -> None:
    weakened = copy.deepcopy(templates)
    REMOVALS[control](weakened)
    assert weakened != templates
    assert _findings(weakened) - before


def test_there_are_many() -> None:
    assert len(REMOVALS) >= 36
