"""Says a call that the solver found in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from genai_defense.proofs.iam.account import Account
from genai_defense.proofs.iam.clause import Clause
from genai_defense.proofs.iam.pattern import MARK, STAR
from genai_defense.proofs.iam.principals import Principal
from genai_defense.proofs.iam.request import RESOURCE, Request
from genai_defense.proofs.iam.solver import Found, holds_in

MOST_CHARS = 160
"""The longest part of a template that is repeated."""
MOST_ACTIONS = 4
"""So many actions are told together; the rest are counted."""


@dataclass(frozen=True)
class Call:
    """A call that was found, in words, without its action: others may be told with it.

    Attributes:
        who: Who calls.
        rest: On what, with which condition keys, and by which statement.
    """

    who: str
    rest: str

    def by(self, actions: Sequence[str]) -> str:
        """The call with its actions."""
        shown = ", ".join(actions[:MOST_ACTIONS])
        more = f" and {len(actions) - MOST_ACTIONS} more actions" if len(actions) > MOST_ACTIONS else ""
        return f"{self.who} may call {shown}{more} {self.rest}"


def call_in_words(
    account: Account, principal: Principal, request: Request, found: Found, keys: tuple[str, ...]
) -> Call:
    """Who may call on which resource, with which condition keys, and by which statement."""
    said = [f"on {_resource(account, found)}", *(_key(account, request, found, key) for key in keys)]
    if by := _statement(principal.identity, request, found):
        said.append(f"(identity Allow at {by})")
    elif by := _statement(account.resource_clauses, request, found):
        said.append(f"(resource policy at {by})")
    return Call(principal.name, " ".join(said))


def _resource(account: Account, found: Found) -> str:
    named = _matched(found, RESOURCE)
    if named:
        return shortened(account.texts.shown(named))
    asked = any(question.key == RESOURCE for question in found.asked)
    return "a resource that no statement names" if asked else "any resource"


def _key(account: Account, request: Request, found: Found, key: str) -> str:
    present = request.present(key)
    if not holds_in(present, found.true):
        return f"without {key}"
    named = _matched(found, key)
    if named is None:
        return f"with a {key} that no statement names"
    return f"with {key} {shortened(account.texts.shown(named))}"


def _matched(found: Found, key: str) -> str | None:
    """The narrowest pattern that the found value matches."""
    texts = [
        predicate.text
        for question in found.true
        if question.kind == "matches" and question.key == key
        for predicate in question.about
    ]
    return min(texts, key=lambda text: (_wildcards(text), -len(text), text), default=None)


def _wildcards(text: str) -> int:
    return text.count(STAR) + text.count(MARK)


def _statement(clauses: tuple[Clause, ...], request: Request, found: Found) -> str:
    for clause in clauses:
        if clause.allows.may is True and holds_in(clause.is_met(request).may, found.true):
            return clause.where
    return ""


def shortened(text: str) -> str:
    """A text of a template, no longer than a line."""
    line = " ".join(text.split())
    return line if len(line) <= MOST_CHARS else f"{line[: MOST_CHARS - 1]}…"
