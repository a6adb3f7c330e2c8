"""What statements name: values of condition keys, and resources one by one."""

from collections.abc import Iterable, Iterator

from genai_defense.checks.values import Value, dig, items
from genai_defense.proofs.iam.account import Account
from genai_defense.proofs.iam.clause import Clause
from genai_defense.proofs.iam.formula import NO, OPEN, YES, Span, every, some, sure
from genai_defense.proofs.iam.pattern import GIVEN, MARK, STAR, Kind, Predicate
from genai_defense.proofs.iam.principals import Principal
from genai_defense.proofs.iam.request import RESOURCE, Request

_FIELDS = 6


def every_clause(account: Account) -> Iterator[Clause]:
    """All statements that decide on calls of roles and users."""
    for principal in account.principals:
        yield from principal.identity
        yield from principal.boundary or ()
    yield from _of_all(account)


def clauses_on(account: Account, principal: Principal) -> Iterator[Clause]:
    """All statements that decide on the calls of one principal."""
    yield from principal.identity
    yield from principal.boundary or ()
    yield from _of_all(account)


def _of_all(account: Account) -> Iterator[Clause]:
    for endpoint in account.endpoints:
        yield from endpoint.policy or ()
    yield from account.service_control


def tested_values(clauses: Iterable[Clause], key: str) -> Iterator[tuple[Value, Predicate]]:
    """What statements compare a condition key with."""
    seen: set[Predicate] = set()
    for clause in clauses:
        conditions = dig(clause.statement.body, "Condition")
        for tests in conditions.values() if isinstance(conditions, dict) else ():
            for name, values in tests.items() if isinstance(tests, dict) else ():
                for value in items(values) if name.lower() == key else ():
                    text = clause.texts.pattern(value, clause.template, wildcards=True)
                    predicate = None if text is None else Predicate(Kind.NO_CASE, text)
                    if predicate is not None and predicate not in seen:
                        seen.add(predicate)
                        yield value, predicate


def names_one(predicate: Predicate) -> Span:
    """Whether a pattern names one resource; open where the deployment gives a part of its name."""
    fields = predicate.text.split(":", _FIELDS - 1)
    if {STAR, MARK} & set(fields[-1]) or (len(fields) < _FIELDS and len(predicate.text) > 1):
        return NO
    return OPEN if any(ord(char) >= GIVEN for char in fields[-1]) else YES


def is_named(request: Request, clauses: Iterable[Clause]) -> Span:
    """Whether a call is about a resource that a statement on its action names one by one."""
    named = {
        predicate: names_one(predicate)
        for clause in clauses
        if clause.covers(request.action) != NO
        for predicate in clause.resources()
    }
    return some(
        every([one, sure(request.matches(RESOURCE, predicate))])
        for predicate, one in named.items()
        if one != NO
    )
