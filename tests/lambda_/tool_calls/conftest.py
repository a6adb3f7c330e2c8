"""A Verified Permissions that answers what the test wants, and rows of approvals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable


class Decisions:
    """Stands in for the client; remembers what it was asked.

    Args:
        answer: What it answers, or raises.
    """

    def __init__(self, answer: dict[str, Any] | Exception) -> None:
        self.answer = answer
        self.asked: list[dict[str, Any]] = []

    def is_authorized(self, **question: Any) -> dict[str, Any]:
        self.asked.append(question)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


@pytest.fixture
def decisions() -> Callable[[dict[str, Any] | Exception], Decisions]:
    """Makes a client that answers one thing."""
    return Decisions
