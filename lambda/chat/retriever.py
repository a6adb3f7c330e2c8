"""The seam to a knowledge base: passages that belong to a question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chat.completion import Source
    from chat.turn import Turn


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a document, not yet judged.

    Args:
        text: As it is stored.
        source: Where it comes from.
    """

    text: str
    source: Source


@dataclass(frozen=True, slots=True)
class Found:
    """What a search gave.

    Args:
        passages: What may be seen, the best one first.
        complete: False when something did not answer, so that nobody knows what there is.
    """

    passages: Sequence[Passage] = ()
    complete: bool = True


class Retriever(Protocol):
    """Finds passages. The flow judges, spotlights and cites them."""

    def find(self, turn: Turn) -> Found:
        """What belongs to the turn's message and may be seen by its user. Never raises.

        Args:
            turn: Message, user, roles and tenant. A filter by tenant is the retriever's duty.
        """
        ...


@dataclass(frozen=True, slots=True)
class NoRetriever:
    """Finds nothing."""

    def find(self, turn: Turn) -> Found:  # noqa: ARG002 - the protocol's signature
        """None."""
        return Found()
