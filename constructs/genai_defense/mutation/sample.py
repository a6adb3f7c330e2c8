"""A few mutants for all: what a developer's check weakens while it waits."""

from collections.abc import Iterable
from hashlib import sha256
from itertools import chain, islice, zip_longest

from genai_defense.mutation.mutant import Mutant


def sample(mutants: Iterable[Mutant], most: int) -> frozenset[str]:
    """Choose some mutants: of every operator one, then of every operator a second one, and so on.

    The choice within an operator is by the sum of the mutant's id: the same in every run and on every
    machine, and spread over the resources.

    Args:
        mutants: To choose from.
        most: How many.

    Returns:
        Their ids.
    """
    by_operator: dict[str, list[str]] = {}
    for mutant in mutants:
        by_operator.setdefault(mutant.operator, []).append(mutant.id)
    turns = zip_longest(*(sorted(ids, key=_sum) for _, ids in sorted(by_operator.items())))
    return frozenset(islice((id_ for id_ in chain.from_iterable(turns) if id_ is not None), most))


def _sum(text: str) -> str:
    return sha256(text.encode()).hexdigest()
