"""What a changed policy lets through that it did not, and what else decides on that."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from genai_defense.checks.values import Value, dig
from genai_defense.proofs.iam.clause import Clause
from genai_defense.proofs.iam.formula import NO, YES, Span, every, none, some
from genai_defense.proofs.iam.principals import Principal
from genai_defense.proofs.iam.request import Request

Part: TypeAlias = tuple[str, Span]
"""What refuses, in words, and when it does not."""
Whom: TypeAlias = Callable[[Clause], Span]
"""When a statement is for the caller, by its field `Principal`."""


class Words(NamedTuple):
    """How a layer says that it refuses.

    Attributes:
        allowed: Another statement allows what a new one allows.
        denied: A Deny of the same layer.
        ungranted: No Allow of the same layer.
    """

    allowed: str
    denied: str
    ungranted: str


IDENTITY = Words("another statement allows it already", "another Deny refuses it", "nothing grants it")
BOUNDARY = Words(
    "the boundary allows it already", "another Deny of the boundary refuses it", "the boundary refuses it"
)
POLICY = Words(
    "another statement allows it already",
    "another Deny of the policy refuses it",
    "the policy does not allow it",
)


@dataclass(frozen=True)
class Change:
    """The statements of one layer before and after.

    Attributes:
        kept: Those that stay.
        gone: Those that were there before only.
        new: Those that are there afterwards only.
    """

    kept: tuple[Clause, ...]
    gone: tuple[Clause, ...]
    new: tuple[Clause, ...]

    @property
    def changed(self) -> tuple[Clause, ...]:
        """The statements that make the difference."""
        return (*self.gone, *self.new)

    @property
    def only_denies(self) -> bool:
        """Whether nothing but denials differs."""
        return all(one.denies == YES for one in self.changed)

    def differs_for(self, action: str) -> bool:
        """Whether it can make a difference for an action."""
        gone, new = ([one for one in each if one.covers(action) != NO] for each in (self.gone, self.new))
        if any(one.covers(action) != YES for one in (*gone, *new)):
            return True
        # A statement that only lost or got other actions says the same of this one.
        rests = [[_but_actions(one.statement.body) for one in each] for each in (gone, new)]
        return any(one not in rests[1] for one in rests[0]) or any(one not in rests[0] for one in rests[1])


def change(before: Iterable[Clause], after: Iterable[Clause], others: Iterable[Clause] = ()) -> Change:
    """Compare statements.

    Args:
        before: Those of the policy, as it is.
        after: Those of the weaker one.
        others: Those of the layer that stand elsewhere.
    """
    old, late = list(before), list(after)
    kept = [one for one in old if _is_among(one, late)]
    return Change(
        kept=(*others, *kept),
        gone=tuple(one for one in old if not _is_among(one, late)),
        new=tuple(one for one in late if not _is_among(one, old)),
    )


def gains(
    changed: Change, request: Request, words: Words, *, granted: Span = NO, whom: Whom = lambda _: YES
) -> Iterator[list[Part]]:
    """When the layer lets a call through that it refused: each list holds what must hold together.

    Args:
        changed: The statements.
        request: The call.
        words: How the layer says what it says.
        granted: When something beside the layer grants the call in any case.
        whom: For whom a statement is.
    """
    met = {one: every([whom(one), one.is_met(request)]) for one in (*changed.kept, *changed.changed)}

    def allows(*parts: tuple[Clause, ...]) -> Span:
        return some(every([one.allows, met[one]]) for part in parts for one in part)

    def denies(*parts: tuple[Clause, ...]) -> Span:
        return some(every([one.denies, met[one]]) for part in parts for one in part)

    yield [
        ("", every([allows(changed.new), none(allows(changed.gone))])),
        (words.allowed, none(some([granted, allows(changed.kept)]))),
        (words.denied, none(denies(changed.kept, changed.new))),
    ]
    yield [
        ("", every([denies(changed.gone), none(denies(changed.new))])),
        (words.ungranted, some([granted, allows(changed.kept, changed.new)])),
        (words.denied, none(denies(changed.kept))),
    ]


@dataclass(frozen=True, kw_only=True)
class Case:
    """A change as it concerns one caller.

    Attributes:
        principal: Who calls.
        changed: The statements; None where the permissions boundary goes.
        request: A call of an action, of which everything is open that is not known of the caller.
        gains: When such a call is let through that was refused: each list holds what must hold together.
    """

    principal: Principal
    changed: Change | None
    request: Callable[[str], Request]
    gains: Callable[[Request], Iterable[list[Part]]]


def _is_among(clause: Clause, others: Iterable[Clause]) -> bool:
    return any(clause.statement.body == other.statement.body for other in others)


def _but_actions(body: Value) -> Value:
    if not isinstance(body, dict):
        return body
    return {name: dig(body, name) for name in body if name not in {"Action", "NotAction", "Sid"}}
