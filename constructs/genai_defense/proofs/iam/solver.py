"""Asks z3 whether some request makes a formula true."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from genai_defense.checks.read.errors import UnusableInputError
from genai_defense.proofs.iam.formula import Every, Formula, Not, Some, Variable, conjunction, variables
from genai_defense.proofs.iam.request import Request

try:
    import z3  # pyright: ignore[reportMissingTypeStubs] - it ships none
except ModuleNotFoundError as error:
    raise UnusableInputError(
        "The prover iam solves with z3, which is not installed. Install the extra: genai-defense[proofs]."
    ) from error

MOST_MILLISECONDS = 2_000
"""How long the solver may think about one question. One that is not answered by then is unknown."""


@dataclass(frozen=True)
class Found:
    """A request that makes a formula true.

    Attributes:
        true: The questions that it answers with yes.
        asked: All questions.
    """

    true: frozenset[Variable]
    asked: frozenset[Variable]


@dataclass(frozen=True)
class TimedOut:
    """The solver did not come to an end."""


def solve(formula: Formula, request: Request) -> Found | TimedOut | None:
    """A request that makes a formula true, or None where there is none."""
    asked = list(dict.fromkeys(variables(formula)))
    if isinstance(formula, bool):
        return Found(frozenset(), frozenset()) if formula else None
    whole = conjunction([formula, *request.facts(asked)])
    names: dict[Variable, str] = {}
    for question in variables(whole):
        names.setdefault(question, f"q{len(names)}")
    declared = "".join(f"(declare-const {name} Bool)" for name in names.values())
    solver: Any = z3.Solver()
    solver.set("timeout", MOST_MILLISECONDS)
    # Its text is read twenty times faster than the same formula is built by z3's Python objects.
    solver.from_string(f"{declared}(assert {_written(whole, names)})")
    outcome = solver.check()
    if outcome == z3.unsat:
        return None
    if outcome != z3.sat:
        return TimedOut()
    model = solver.model()
    true = {str(each.name()) for each in model.decls() if z3.is_true(model[each])}
    return Found(frozenset(question for question, name in names.items() if name in true), frozenset(names))


def holds_in(formula: Formula, true: Iterable[Variable]) -> bool:
    """Whether a formula is true when exactly these questions are answered with yes."""
    match formula:
        case bool():
            return formula
        case Variable():
            return formula in true
        case Not(inner):
            return not holds_in(inner, true)
        case Every(parts):
            return all(holds_in(part, true) for part in parts)
        case Some(parts):
            return any(holds_in(part, true) for part in parts)


def _written(formula: Formula, names: dict[Variable, str]) -> str:
    """A formula as SMT-LIB has it."""
    match formula:
        case bool():
            return "true" if formula else "false"
        case Variable():
            return names[formula]
        case Not(inner):
            return f"(not {_written(inner, names)})"
        case Every(parts):
            return f"(and {' '.join(_written(part, names) for part in parts)})"
        case Some(parts):
            return f"(or {' '.join(_written(part, names) for part in parts)})"
