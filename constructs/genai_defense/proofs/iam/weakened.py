"""Whether a weaker policy lets anybody make a request that was refused before."""

import time
from dataclasses import dataclass
from typing import TypeAlias

from genai_defense.checks.template_graph import Resource
from genai_defense.proofs.iam.account import Account
from genai_defense.proofs.iam.actions import Actions
from genai_defense.proofs.iam.changes import Case, Part
from genai_defense.proofs.iam.formula import every
from genai_defense.proofs.iam.layers import cases
from genai_defense.proofs.iam.request import Request
from genai_defense.proofs.iam.solver import Found, TimedOut, solve
from genai_defense.proofs.iam.words import call_in_words

MOST_SECONDS = 5.0
"""How long one change may take; what is not known by then stays unknown."""
_TOGETHER = "several layers together refuse it"


@dataclass(frozen=True)
class Refused:
    """No request becomes possible.

    Attributes:
        reasons: What refuses them, each in words.
    """

    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Gained:
    """A request becomes possible, as far as the templates tell.

    Attributes:
        call: One such request in words.
    """

    call: str


Answer: TypeAlias = Refused | Gained | None
"""None where the prover does not know: it does not model the change, or had no time."""


class Weakened:
    """Compares the policies of one deployment with weaker ones.

    Args:
        account: The policies.
    """

    def __init__(self, account: Account) -> None:
        self._account = account
        self._actions = Actions(account)

    def gained(self, before: Resource, after: Resource, field: str) -> Answer:
        """What becomes possible.

        Args:
            before: The resource that is changed.
            after: The same, weaker; it is not part of the deployment.
            field: The property that differs.
        """
        listed = cases(self._account, before, after, field)
        reasons: set[str] = set()
        end = time.monotonic() + MOST_SECONDS
        for case in listed:
            actions = self._actions.standing_for(None if case.changed is None else case.changed.changed)
            if not actions:
                return None
            for action in actions:
                if time.monotonic() > end:
                    return None
                answer = self._asked(case, action)
                if not isinstance(answer, Refused):
                    return answer
                reasons.update(answer.reasons)
        return Refused(tuple(sorted(reasons))) if listed else None

    def _asked(self, case: Case, action: str) -> Answer:
        if case.changed is not None and not case.changed.differs_for(action):
            return Refused(())
        request = case.request(action)
        reasons: list[str] = []
        for parts in case.gains(request):
            whole = every(span for _, span in parts).may
            found = solve(whole, request)
            if isinstance(found, TimedOut):
                return None
            if isinstance(found, Found):
                return Gained(call_in_words(self._account, case.principal, request, found, ()).by([action]))
            reasons += _reason(parts, request)
        return Refused(tuple(reasons))


def _reason(parts: list[Part], request: Request) -> list[str]:
    """What alone refuses what differs; nothing where nothing differs."""
    (_, differs), *others = parts
    if solve(differs.may, request) is None:
        return []
    for words, span in others:
        if solve(every([differs, span]).may, request) is None:
            return [words]
    return [_TOGETHER]
