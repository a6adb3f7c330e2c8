"""What is weakened: the deployments of a path, and their mutants."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from genai_defense.checks.read.deployment import Deployment, read_deployments
from genai_defense.checks.read.errors import UnusableInputError
from genai_defense.mutation.edit import Templates, edited
from genai_defense.mutation.mutant import Mutant, mutants_of
from genai_defense.mutation.operators import load_operators
from genai_defense.mutation.sample import sample

if TYPE_CHECKING:
    from collections.abc import Mapping

    from genai_defense.mutation.classes import MutantClass
    from genai_defense.mutation.operator import Operator


@dataclass(frozen=True, kw_only=True)
class Selection:
    """Which mutants, of what; it travels to other processes.

    Attributes:
        path: A template, or a cloud assembly.
        classes: What the mutants are about; empty for both.
        operators: Ids of operators; empty for all.
        sample: Most mutants, spread over all operators; None for all.
    """

    path: Path
    classes: tuple[MutantClass, ...] = ()
    operators: tuple[str, ...] = ()
    sample: int | None = None


class Subject:
    """One deployment, and its mutants.

    Templates are named by their file below the path, so that a mutant has the same id wherever that lies.

    Args:
        deployment: As it was read.
        path: What was read.
        operators: Who may weaken it.

    Attributes:
        deployment: The deployment, with such names.
        templates: Its templates.
        mutants: What the operators make of them.
        broken: What operators did wrong: broke down, or changed nothing.
    """

    def __init__(self, deployment: Deployment, path: Path, operators: tuple[Operator, ...]) -> None:
        self.deployment = _renamed(deployment, path)
        self.templates: Templates = {one.name: one.body for one in self.deployment.templates}
        self.broken: list[str] = []
        made = mutants_of(self.templates, operators, self.broken.append)
        self.mutants: tuple[Mutant, ...] = tuple(mutant for mutant in made if self._changes(mutant))

    def _changes(self, mutant: Mutant) -> bool:
        try:
            different = any(body != self.templates[name] for name, body in self.bodies(mutant).items())
        except (KeyError, TypeError) as error:
            self.broken.append(f"{mutant.id}: the edit cannot be made: {error!r}")
            return False
        if not different:
            self.broken.append(f"{mutant.id}: the edit changes nothing.")
        return different

    def bodies(self, mutant: Mutant) -> dict[str, Mapping[str, Any]]:
        """The templates that a mutant changes, by name, as they are then."""
        return {
            name: body
            for name, body in edited(self.templates, mutant.edits).items()
            if body is not self.templates[name]
        }


def subjects_of(selection: Selection) -> list[Subject]:
    """Read what is to be weakened.

    Raises:
        UnusableInputError: It cannot be read, or no operator is called so.
    """
    operators = selected_operators(selection)
    subjects = [
        Subject(deployment, selection.path, operators) for deployment in read_deployments(selection.path)
    ]
    if selection.sample is not None:
        chosen = sample((mutant for subject in subjects for mutant in subject.mutants), selection.sample)
        for subject in subjects:
            subject.mutants = tuple(mutant for mutant in subject.mutants if mutant.id in chosen)
    return subjects


def selected_operators(selection: Selection) -> tuple[Operator, ...]:
    """The operators of a selection.

    Raises:
        UnusableInputError: None is called so.
    """
    known = load_operators()
    if unknown := sorted(set(selection.operators) - {one.id for one in known}):
        names = ", ".join(one.id for one in known)
        raise UnusableInputError(f"There is no operator {', '.join(unknown)}. The operators are {names}.")
    return tuple(
        one
        for one in known
        if (not selection.operators or one.id in selection.operators)
        and (not selection.classes or one.mutant_class in selection.classes)
    )


def _renamed(deployment: Deployment, path: Path) -> Deployment:
    folder = path if path.is_dir() else path.parent
    short = {one.name: Path(one.name).relative_to(folder).as_posix() for one in deployment.templates}
    return replace(
        deployment,
        templates=tuple(
            replace(
                one,
                name=short[one.name],
                nested_in=(short[one.nested_in[0]], one.nested_in[1]) if one.nested_in else None,
            )
            for one in deployment.templates
        ),
        sources={(short[name], made): source for (name, made), source in deployment.sources.items()},
    )
