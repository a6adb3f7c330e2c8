"""What a detector is: a name, the readings it wants, and a pure function."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from guardrail_engine.results import Direction
    from guardrail_engine.views import View


class Scope(Enum):
    """Which views a detector reads."""

    ORIGINAL = auto()
    """Only the text as it came."""
    PLAIN = auto()
    """The original, the clean and the decoded views, without guesses such as rot13."""
    ALL = auto()
    """Every view."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a detector may know beside the text.

    Args:
        direction: Which way the text travels.
        canary: The secret marker of this request; None when there is none.
        allowed_hosts: Hosts that links may lead to, lower case; their subdomains may, too.
    """

    direction: Direction
    canary: str | None = None
    allowed_hosts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Match:
    """Something found in a view.

    Args:
        id: ``<family>.<rule>``.
        risk: OWASP LLM 2025 id.
        start: First character, in the view.
        end: One past the last character, in the view.
        label: Redaction type, for example ``EMAIL``; None when the place is not rewritten.
        replacement: What stands there afterwards.
    """

    id: str
    risk: str
    start: int
    end: int
    label: str | None = None
    replacement: str = ""


@dataclass(frozen=True, slots=True)
class Detector:
    """One detector, registered in ``detectors.DETECTORS``.

    Args:
        name: Family of the findings it makes.
        scope: Which views it reads.
        find: Pure function of a view and the context; it may raise, which blocks the text.
    """

    name: str
    scope: Scope
    find: Callable[[View, Context], Iterable[Match]]

    def reads(self, view: View) -> bool:
        """Whether this detector looks at ``view``."""
        if self.scope is Scope.ORIGINAL:
            return view.name == "original"
        return self.scope is Scope.ALL or not view.guess
