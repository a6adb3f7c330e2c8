"""A few mutants for all: what a developer's check weakens while it waits."""

from collections.abc import Iterable
from hashlib import sha256
from itertools import chain, islice, zip_longest

from genai_defense.mutation.mutant import Mutant


def sample(mutants: Iterable[Mutant], most: int) -> frozenset[str]:
    """Choose some mutants: of every operator one, then of every operator a second one, and so on.

    Operators and their mutants are ordered by the sums of their ids: the same in every run and on every
    machine, and spread over services and resources.

    Args:
        mutants: To choose from.
        most: How many.

    Returns:
        Their ids.
    """
    by_operator: dict[str, list[str]] = {}
    for mutant in mutants:
        by_operator.setdefault(mutant.operator, []).append(mutant.id)
    turns = zip_longest(*(sorted(by_operator[each], key=_sum) for each in sorted(by_operator, key=_sum)))
    return frozenset(islice((id_ for id_ in chain.from_iterable(turns) if id_ is not None), most))


def _sum(text: str) -> str:
    return sha256(text.encode()).hexdigest()
