"""What every operator promises: it changes something, says what, twice the same, and survives any shape."""

import ast
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from genai_defense.checks.read.deployment import read_deployments
from genai_defense.mutation import operators
from genai_defense.mutation.edit import edited
from genai_defense.mutation.mutant import Mutant, mutants_of
from genai_defense.mutation.operator import Operator, Site
from genai_defense.mutation.operators import load_operators
from genai_defense.mutation.shapes import is_array, is_object

FOREIGN = Path(__file__).parents[2] / "checks" / "foreign"
STACKS = sorted(
    path for path in FOREIGN.iterdir() if path.suffix in {".json", ".yaml"} and "labels" not in path.name
)
STRONG = Path(__file__).with_name("strong.yaml")
HERE = Path(operators.__path__[0])
MODULES = [*HERE.glob("*.py"), *HERE.parent.glob("*.py")]
IF: dict[str, Any] = {"Fn::If": ["Live", {"Ref": "AWS::NoValue"}, {"Fn::If": ["Other", [], {"Ref": "Some"}]}]}
SHAPES: list[Any] = [
    None,
    "text",
    7,
    True,
    [],
    {},
    [None],
    [[]],
    ["text"],
    [{"Key": 1}],
    {"Ref": "Some"},
    IF,
    [IF],
]


@cache
def _read(path: Path) -> tuple[dict[str, Mapping[str, Any]], tuple[Mutant, ...]]:
    (deployment,) = read_deployments(path)
    templates = {template.name: template.body for template in deployment.templates}
    return templates, tuple(mutants_of(templates, load_operators()))


@pytest.mark.parametrize("stack", [*STACKS, STRONG], ids=lambda path: path.stem)
def test_every_mutant_differs_and_says_how(stack: Path) -> None:
    templates, mutants = _read(stack)
    assert len(mutants) >= 100
    for mutant in mutants:
        assert edited(templates, mutant.edits) != templates, mutant.id
        assert re.fullmatch(r"[^\n]{10,}\.", mutant.sentence), (mutant.id, mutant.sentence)


@pytest.mark.parametrize("stack", [*STACKS, STRONG], ids=lambda path: path.stem)
def test_the_same_mutants_come_every_time(stack: Path) -> None:
    templates, mutants = _read(stack)
    assert tuple(mutants_of(templates, load_operators())) == mutants
    assert len({mutant.id for mutant in mutants}) == len(mutants)


@pytest.mark.parametrize("operator", load_operators(), ids=lambda operator: operator.id)
def test_any_shape_of_properties_breaks_no_operator(operator: Operator) -> None:
    for kind in operator.resource_types:
        for shape in SHAPES:
            body = {"Type": kind, "Properties": shape}
            templates = {"t": {"Resources": {"One": body, "Two": "text", "Three": {"Type": kind}}}}
            site = Site(templates=templates, template="t", logical_id="One")
            assert list(operator.weaken(site)) is not None


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_an_operator_knows_no_rule(module: Path) -> None:
    imported = [
        node.module or ""
        for node in ast.walk(ast.parse(module.read_text()))
        if isinstance(node, ast.ImportFrom)
    ]
    rules = [
        name
        for name in imported
        if name.startswith(("genai_defense.checks.rules", "genai_defense.checks.pack"))
    ]
    assert rules == []
    if module.parent == HERE:
        assert [name for name in imported if name.startswith("genai_defense.checks")] == []


def test_an_operator_is_called_by_what_it_does() -> None:
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", operator.id) for operator in load_operators())


def _broken(node: Any, shape: Any) -> list[Any]:
    """The value with each of its parts replaced by a shape, one at a time."""
    made = [shape]
    if is_object(node):
        made += [{**node, key: one} for key, inner in node.items() for one in _broken(inner, shape)]
    elif is_array(node):
        made += [
            [*node[:i], one, *node[i + 1 :]] for i, inner in enumerate(node) for one in _broken(inner, shape)
        ]
    return made


@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize("stack", [*STACKS, STRONG], ids=lambda path: path.stem)
def test_a_broken_property_breaks_no_operator(stack: Path, shape: Any) -> None:
    """Each part of each property of each resource, replaced by something else."""
    templates, _ = _read(stack)
    for name, template in templates.items():
        for logical_id, resource in template["Resources"].items():
            concerned = [each for each in load_operators() if resource.get("Type") in each.resource_types]
            for properties in _broken(resource.get("Properties", {}), shape)[1:]:
                changed = {name: {"Resources": {logical_id: {**resource, "Properties": properties}}}}
                for operator in concerned:
                    for weakening in operator.weaken(
                        Site(templates=changed, template=name, logical_id=logical_id)
                    ):
                        edited(changed, weakening.edits)


def test_every_operator_finds_something_to_weaken() -> None:
    """In the foreign stacks, and in one whose resources have what those lack."""
    found = {mutant.operator for stack in (*STACKS, STRONG) for mutant in _read(stack)[1]}
    assert {operator.id for operator in load_operators()} - found == set()
