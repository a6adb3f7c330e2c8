"""Claims about data of callers: whose rows and objects somebody reaches who acts for one of them."""

from collections.abc import Iterator
from typing import Final

from genai_defense.checks.model_access import INVOKE_ACTIONS
from genai_defense.checks.values import dig
from genai_defense.proofs.iam.account import Account, Layer
from genai_defense.proofs.iam.claims import Case, Claim, Goal
from genai_defense.proofs.iam.clause import Clause
from genai_defense.proofs.iam.conditions import predicates
from genai_defense.proofs.iam.formula import NO, Span, every, none, some, sure
from genai_defense.proofs.iam.pattern import MARK, STAR, Kind, Predicate
from genai_defense.proofs.iam.principals import Principal
from genai_defense.proofs.iam.request import ITEM_ACTIONS, RESOURCE, Request

LEADING_KEYS = "dynamodb:leadingkeys"
_TAG = "aws:principaltag/"
ROW_ACTIONS: Final = (
    *sorted(ITEM_ACTIONS),
    "dynamodb:PartiQLDelete",
    "dynamodb:PartiQLInsert",
    "dynamodb:PartiQLSelect",
    "dynamodb:PartiQLUpdate",
    "dynamodb:Scan",
)
# What is asked for by one partition key.
_ONE_KEY: Final = ITEM_ACTIONS - {"dynamodb:BatchGetItem", "dynamodb:BatchWriteItem"}
OBJECT_ACTIONS: Final = ("s3:DeleteObject", "s3:GetObject", "s3:GetObjectVersion", "s3:PutObject")


def row_claims(account: Account) -> Iterator[Claim]:
    """What must hold of everybody who acts for one user or tenant, and of whoever asks models."""
    bound = [who for who in account.principals if acts_for_a_caller(who)]
    yield Claim(
        id="iam-a-caller-reaches-only-his-rows",
        sentence="Whoever acts for one user or tenant reaches only rows whose partition key carries his tag.",
        cases=tuple(
            Case(principal=who, action=action, goal=_rows_of_the_caller(who), keys=(LEADING_KEYS,))
            for who in bound
            for action in ROW_ACTIONS
        ),
        empty="No role of these templates that acts for one user or tenant reaches rows of a table.",
    )
    yield Claim(
        id="iam-a-caller-reaches-only-his-objects",
        sentence="Whoever acts for one user or tenant reaches only objects under a prefix with his tag.",
        cases=tuple(
            Case(principal=who, action=action, goal=_objects_of_the_caller(who))
            for who in bound
            for action in OBJECT_ACTIONS
        ),
        empty="No role of these templates that acts for one user or tenant reaches objects of a bucket.",
    )
    yield _who_asks_models(account, bound)


def acts_for_a_caller(principal: Principal) -> bool:
    """Whether sessions of a principal carry the tag of a user or tenant, or his policies ask for one."""
    tagged = any(
        "aws:requesttag/" in key.lower()
        for clause in principal.trust
        for tests in _tests(clause)
        for key in tests
    )
    return tagged or any(_uses_tag(clause) for clause in principal.identity)


def _tests(clause: Clause) -> Iterator[dict[str, object]]:
    conditions = dig(clause.statement.body, "Condition")
    for tests in conditions.values() if isinstance(conditions, dict) else ():
        if isinstance(tests, dict):
            yield dict(tests)


def _uses_tag(clause: Clause) -> bool:
    return any(key.startswith(_TAG) for key in clause.variables)


def _is_bound(clause: Clause, text: str) -> bool:
    """Whether a text names one caller's: a tag in it, whole up to a slash or the end, before any asterisk."""
    for place, char in enumerate(text):
        if char in {STAR, MARK}:
            return False
        if any(key.startswith(_TAG) for key in clause.texts.variables(char)):
            return text[place + 1 : place + 2] in {"", "/", "#"}
    return False


def _rows_of_the_caller(principal: Principal) -> Goal:
    sets: set[frozenset[Predicate]] = set()
    for clause in principal.identity:
        conditions = dig(clause.statement.body, "Condition")
        for tests in conditions.values() if isinstance(conditions, dict) else ():
            for key, values in tests.items() if isinstance(tests, dict) else ():
                for kind in (Kind.EXACT, Kind.LIKE) if key.lower() == LEADING_KEYS else ():
                    found, whole = predicates(values, kind, clause.texts, clause.template)
                    named = [each for each in found if _is_bound(clause, each.text)]
                    if whole and found and len(named) == len(found):
                        sets.add(frozenset(found))

    named = sorted({each for found in sets for each in found}, key=str)

    def goal(request: Request, _without: Layer | None) -> Span:
        his = some(sure(request.only(LEADING_KEYS, each)) for each in sorted(sets, key=str))
        if request.action in _ONE_KEY:
            his = some([his, *(sure(request.matches(LEADING_KEYS, each)) for each in named)])
        return every([sure(request.present(LEADING_KEYS)), his])

    return goal


def _objects_of_the_caller(principal: Principal) -> Goal:
    named = [
        predicate
        for clause in principal.identity
        for predicate in clause.resources()
        if _is_bound(clause, predicate.text)
    ]

    def goal(request: Request, _without: Layer | None) -> Span:
        return some(sure(request.matches(RESOURCE, each)) for each in named)

    return goal


def _who_asks_models(account: Account, bound: list[Principal]) -> Claim:
    """Orders that are hidden in a prompt act with the rights of whoever asks the model."""
    theirs = [
        predicate
        for who in bound
        for clause in who.identity
        if any(clause.covers(action) != NO for action in ROW_ACTIONS)
        and LEADING_KEYS in str(list(_tests(clause))).lower()
        for predicate in clause.resources()
    ]
    asking = [
        who
        for who in account.principals
        if who not in bound
        and any(account.allowed(who, account.request(who, action)) != NO for action in INVOKE_ACTIONS)
    ]

    def goal(request: Request, _without: Layer | None) -> Span:
        return none(some(sure(request.matches(RESOURCE, each)) for each in theirs))

    return Claim(
        id="iam-who-asks-models-reaches-no-rows-of-callers",
        sentence="Whoever may invoke a model does not himself reach tables whose rows are bound to callers.",
        cases=tuple(
            Case(principal=who, action=action, goal=goal) for who in asking for action in ROW_ACTIONS
        ),
        empty="No table's rows are bound to callers, or nobody may invoke a model.",
        exists=f"{len(asking)} principals that may invoke a model were asked." if asking and theirs else "",
    )
