"""Says a call that the solver found in words."""

from genai_defense.proofs.iam.account import Account
from genai_defense.proofs.iam.clause import Clause
from genai_defense.proofs.iam.pattern import MARK, STAR
from genai_defense.proofs.iam.principals import Principal
from genai_defense.proofs.iam.request import RESOURCE, Request
from genai_defense.proofs.iam.solver import Found, holds_in

MOST_CHARS = 160
"""The longest part of a template that is repeated."""


def call_in_words(
    account: Account, principal: Principal, request: Request, found: Found, keys: tuple[str, ...]
) -> str:
    """Who may call what on which resource, with which condition keys, and by which statement."""
    said = [f"{principal.name} may call {request.action} on {_resource(account, found)}"]
    said += [_key(account, request, found, key) for key in keys]
    by = _statement(principal.identity, request, found)
    return " ".join(said) + (f" (identity Allow at {by})" if by else "")


def _resource(account: Account, found: Found) -> str:
    named = _matched(found, RESOURCE)
    return shortened(account.texts.shown(named)) if named else "a resource that no statement names"


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
