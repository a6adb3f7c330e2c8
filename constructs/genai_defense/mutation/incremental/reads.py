"""What an answer was read from."""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Final, TypeAlias

Fact: TypeAlias = tuple[str, ...]
"""Something of a graph that a change can make different."""

EVERYTHING: Final[Fact] = ("everything",)
"""Which resources there are."""


def body_of(template: str, logical_id: str) -> Fact:
    """What a resource's entry says, with its references followed."""
    return "body", template, logical_id


def existence_of(template: str, logical_id: str) -> Fact:
    """Whether there is a resource of this name."""
    return "existence", template, logical_id


def list_of(kind: str) -> Fact:
    """Which resources of a type there are."""
    return "type", kind


def referrers_of(template: str, logical_id: str) -> Fact:
    """Which resources refer to one."""
    return "referrers", template, logical_id


class Reads:
    """Notes what is read, for whoever reads at the moment; nobody reads unless somebody notes."""

    def __init__(self) -> None:
        self._noting: list[set[Fact]] = []

    def note(self, fact: Fact) -> None:
        """Remember that something was read."""
        if self._noting:
            self._noting[-1].add(fact)

    @contextmanager
    def noted(self) -> Generator[set[Fact]]:
        """Collect what is read inside, and only there."""
        facts: set[Fact] = set()
        self._noting.append(facts)
        try:
            yield facts
        finally:
            self._noting.pop()
