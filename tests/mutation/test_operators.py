"""Every operator knows services and no rule, says one sentence, and changes something."""

import ast
from collections.abc import Callable
from pathlib import Path

import pytest

from genai_defense import mutation
from genai_defense.mutation.operators import load_operators
from genai_defense.mutation.subject import Selection, Subject, subjects_of

_MUTATION = Path(mutation.__path__[0])
_KNOWS_SERVICES = {"genai_defense.checks.values"}
"""What an operator may use of the checks: how JSON is read, nothing of what is judged."""


def _imported(path: Path) -> set[str]:
    tree = ast.parse(path.read_text())
    named = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    return named | {
        node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module
    }


def test_no_operator_knows_a_rule_even_by_what_it_imports() -> None:
    """An operator written from the rules would only find what they already say."""
    waiting, seen = set((_MUTATION / "operators").glob("*.py")), set[Path]()
    while waiting - seen:
        path = (waiting - seen).pop()
        seen.add(path)
        checks = {name for name in _imported(path) if name.startswith("genai_defense.checks")}
        assert checks <= _KNOWS_SERVICES, path
        for name in _imported(path):
            if name.startswith("genai_defense.mutation."):
                parts = name.split(".")[2:]
                waiting |= {one for one in [_MUTATION.joinpath(*parts).with_suffix(".py")] if one.is_file()}


@pytest.fixture(scope="module")
def weakened(assembly_of: Callable[[str], Path]) -> Subject:
    """The kit's prod templates, and every mutant of them."""
    (subject,) = subjects_of(Selection(path=assembly_of("prod")))
    return subject


def test_no_operator_breaks_down_or_changes_nothing(weakened: Subject) -> None:
    assert weakened.broken == []


def test_every_mutant_is_described_in_one_sentence(weakened: Subject) -> None:
    odd = [
        mutant.sentence
        for mutant in weakened.mutants
        if not mutant.sentence.endswith(".")
        or not mutant.sentence[:1].strip()
        or ". " in mutant.sentence
        or "\n" in mutant.sentence
    ]
    assert odd == []


def test_no_two_mutants_have_the_same_id(weakened: Subject) -> None:
    assert len({mutant.id for mutant in weakened.mutants}) == len(weakened.mutants)


def test_operators_are_deterministic(weakened: Subject, assembly_of: Callable[[str], Path]) -> None:
    (again,) = subjects_of(Selection(path=assembly_of("prod")))
    assert again.mutants == weakened.mutants


def test_operators_are_found_in_the_order_of_their_ids() -> None:
    ids = [one.id for one in load_operators()]
    assert ids == sorted(ids)
