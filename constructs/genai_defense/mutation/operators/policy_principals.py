"""Principals of statements: everybody, or a whole account, instead of who needs it."""

from collections.abc import Iterator
from typing import Any

from genai_defense.mutation.edit import REMOVED, Path
from genai_defense.mutation.operator import Weakening
from genai_defense.mutation.policies import Kind, Statement, conditions, entries, for_statements
from genai_defense.mutation.shapes import is_object

_FOREIGN = "arn:aws:iam::999988887777:root"
_CALLER = {"aws:principalaccount", "aws:principalarn", "aws:principalorgid", "kms:calleraccount"}
_GIVING = (Kind.TRUST, Kind.RESOURCE, Kind.ENDPOINT)


def _open(principal: Any) -> bool:
    return principal == "*" or (is_object(principal) and "*" in entries(principal.get("AWS")))


def _is_of_the_caller(condition: tuple[str, str, Any]) -> bool:
    """Whether a condition keeps out a foreign account whatever the principal says."""
    operator, key, _ = condition
    return operator.startswith(("String", "Arn")) and "Not" not in operator and key.lower() in _CALLER


def _anybody(statement: Statement) -> Iterator[Weakening]:
    """Conditions of a resource's policy go as well: they would close again what the principal opens."""
    principal = statement.body.get("Principal")
    if not statement.allows or principal is None or _open(principal):
        return
    changes: list[tuple[Path, Any]] = [
        (("Principal",), "*" if statement.kind is not Kind.TRUST else {"AWS": "*"})
    ]
    if statement.kind is not Kind.ENDPOINT and "Condition" in statement.body:
        changes.append((("Condition",), REMOVED))
    yield statement.becomes("anybody is its principal.", *changes)


def _all_but(statement: Statement) -> Iterator[Weakening]:
    principal = statement.body.get("Principal")
    if statement.allows and principal is not None and not _open(principal):
        yield statement.becomes(
            "everybody but one is its principal.",
            (("Principal",), REMOVED),
            (("NotPrincipal",), {"AWS": "arn:aws:iam::111122223333:role/nobody"}),
        )


def _other_account(statement: Statement) -> Iterator[Weakening]:
    principal = statement.body.get("Principal")
    if not statement.allows or not is_object(principal) or "AWS" not in principal or _open(principal):
        return
    if _FOREIGN in entries(principal["AWS"]) or any(map(_is_of_the_caller, conditions(statement.body))):
        return
    added = [*entries(principal["AWS"]), _FOREIGN]
    yield statement.becomes("a foreign account is a principal.", (("Principal", "AWS"), added))


def _deny_fewer(statement: Statement) -> Iterator[Weakening]:
    if statement.denies and _open(statement.body.get("Principal")):
        yield statement.becomes(
            "it denies to one principal, no longer to all.",
            (("Principal",), {"AWS": "arn:aws:iam::111122223333:role/nobody"}),
        )


MODEL_ANYBODY, ANYBODY = for_statements("policy-principal-anybody", _GIVING, _anybody)
MODEL_ALL_BUT, ALL_BUT = for_statements("policy-not-principal", (Kind.RESOURCE,), _all_but, once=True)
MODEL_OTHER_ACCOUNT, OTHER_ACCOUNT = for_statements(
    "policy-other-account", _GIVING, _other_account, once=True
)
MODEL_DENY_FEWER, DENY_FEWER = for_statements(
    "policy-deny-fewer", (Kind.RESOURCE, Kind.ENDPOINT), _deny_fewer
)
