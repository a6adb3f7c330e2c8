"""Formulas over what a request says, folded while they are made, and how much is known of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from genai_defense.proofs.iam.pattern import Predicate


@dataclass(frozen=True)
class Variable:
    """A question about the request that is answered yes or no.

    Attributes:
        kind: What is asked: whether a key is `present`, whether a value of it `matches`, or whether `only`
            values of a set are there.
        key: The condition key in lower case, or `resource`.
        about: The predicates that are asked about: one for `matches`, none for `present`.
    """

    kind: str
    key: str
    about: frozenset[Predicate] = frozenset()


@dataclass(frozen=True, eq=False)
class Not:
    """What holds when its inner formula does not."""

    inner: Formula


@dataclass(frozen=True, eq=False)
class Every:
    """What holds when all of its parts do."""

    parts: tuple[Formula, ...]


@dataclass(frozen=True, eq=False)
class Some:
    """What holds when one of its parts does."""

    parts: tuple[Formula, ...]


Formula: TypeAlias = "bool | Variable | Not | Every | Some"


def negation(formula: Formula) -> Formula:
    """The opposite of a formula."""
    if isinstance(formula, bool):
        return not formula
    return formula.inner if isinstance(formula, Not) else Not(formula)


def conjunction(formulas: Iterable[Formula]) -> Formula:
    """All of them."""
    parts: list[Formula] = []
    for formula in formulas:
        if formula is False:
            return False
        if formula is not True:
            parts.append(formula)
    return parts[0] if len(parts) == 1 else Every(tuple(parts)) if parts else True


def disjunction(formulas: Iterable[Formula]) -> Formula:
    """At least one of them."""
    parts: list[Formula] = []
    for formula in formulas:
        if formula is True:
            return True
        if formula is not False:
            parts.append(formula)
    return parts[0] if len(parts) == 1 else Some(tuple(parts)) if parts else False


def variables(formula: Formula) -> Iterator[Variable]:
    """Every question that a formula asks, some more than once."""
    waiting = [formula]
    while waiting:
        here = waiting.pop()
        if isinstance(here, Variable):
            yield here
        elif isinstance(here, Not):
            waiting.append(here.inner)
        elif isinstance(here, Every | Some):
            waiting.extend(here.parts)


class Span(NamedTuple):
    """What is known of something that the templates do not tell in full.

    Attributes:
        must: When it holds whatever the templates leave open.
        may: When it can hold.
    """

    must: Formula
    may: Formula


YES = Span(True, True)
NO = Span(False, False)
OPEN = Span(False, True)
"""Nothing is known of it."""


def sure(formula: Formula) -> Span:
    """What the templates tell in full."""
    return Span(formula, formula)


def every(spans: Iterable[Span]) -> Span:
    """All of them hold."""
    listed = list(spans)
    return Span(conjunction(span.must for span in listed), conjunction(span.may for span in listed))


def some(spans: Iterable[Span]) -> Span:
    """At least one of them holds."""
    listed = list(spans)
    return Span(disjunction(span.must for span in listed), disjunction(span.may for span in listed))


def none(span: Span) -> Span:
    """It does not hold."""
    return Span(negation(span.may), negation(span.must))
