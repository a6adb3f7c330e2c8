"""Conditions of statements: dropped, made optional, satisfied by anything."""

from collections.abc import Iterator

from genai_defense.mutation.edit import REMOVED
from genai_defense.mutation.operator import Weakening
from genai_defense.mutation.policies import Kind, Statement, conditions, for_statements, without_conditions

_ALL = (Kind.IDENTITY, Kind.TRUST, Kind.RESOURCE, Kind.ENDPOINT)
# Both tell whose resource a service acts for; one of them is enough, so they go together.
_SOURCE = frozenset({"aws:sourceaccount", "aws:sourcearn", "aws:sourceorgid", "aws:sourceorgpaths"})
# Every request has these, so that IfExists changes nothing.
_ALWAYS = frozenset(
    {
        "aws:currenttime",
        "aws:epochtime",
        "aws:principalaccount",
        "aws:principalarn",
        "aws:principalisawsservice",
        "aws:principaltype",
        "aws:requestedregion",
        "aws:securetransport",
        "aws:viaawsservice",
        "cloudwatch:namespace",
        "iam:passedtoservice",
        "kms:callerisinaccount",
        "kms:grantisforawsresource",
    }
)
_TEXT = ("StringEquals", "StringLike", "StringEqualsIgnoreCase", "ArnEquals", "ArnLike")
_EXCEPTION = ("StringNotEquals", "StringNotLike", "StringNotEqualsIgnoreCase", "ArnNotEquals", "ArnNotLike")


def _bare(operator: str) -> str:
    return operator.rpartition(":")[2].removesuffix("IfExists")


def _dropped(statement: Statement) -> Iterator[Weakening]:
    if not statement.allows:
        return
    found = [(operator, key) for operator, key, _ in conditions(statement.body)]
    source = [each for each in found if each[1].lower() in _SOURCE]
    groups = [[each] for each in found if each not in source]
    for group in [source, *groups] if source else groups:
        keys = " and ".join(key for _, key in group)
        yield statement.becomes(f"the condition on {keys} is gone.", without_conditions(statement, group))


def _all_dropped(statement: Statement) -> Iterator[Weakening]:
    found = conditions(statement.body)
    if statement.allows and len(found) > 1:
        yield statement.becomes("all its conditions are gone.", (("Condition",), REMOVED))


def _if_exists(statement: Statement) -> Iterator[Weakening]:
    if not statement.allows:
        return
    for operator in dict.fromkeys(name for name, _, _ in conditions(statement.body)):
        keys = {key: value for name, key, value in conditions(statement.body) if name == operator}
        bare = _bare(operator)
        if bare != operator.rpartition(":")[2] or bare == "Null" or ":" in operator:
            continue
        if all(key.lower() in _ALWAYS for key in keys):
            continue
        yield statement.becomes(
            f"{operator} counts only where the key exists.",
            (("Condition", operator), REMOVED),
            (("Condition", f"{operator}IfExists"), keys),
        )


def _for_all(statement: Statement) -> Iterator[Weakening]:
    for operator in dict.fromkeys(name for name, _, _ in conditions(statement.body)):
        if statement.allows and operator.startswith("ForAnyValue:"):
            keys = {key: value for name, key, value in conditions(statement.body) if name == operator}
            yield statement.becomes(
                f"{operator} holds for requests that name none.",
                (("Condition", operator), REMOVED),
                (("Condition", operator.replace("ForAnyValue", "ForAllValues")), keys),
            )


def _anything(statement: Statement) -> Iterator[Weakening]:
    if not statement.allows:
        return
    for operator, key, value in conditions(statement.body):
        if _bare(operator) not in _TEXT or value in ("*", ["*"]) or key.lower() in _SOURCE:
            continue
        like = operator.replace("Equals", "Like").replace("IgnoreCase", "")
        gone = without_conditions(statement, [(operator, key)])[1]
        left = {} if gone is REMOVED else dict(gone)
        left[like] = {**left.get(like, {}), key: "*"}
        yield statement.becomes(f"{key} may be anything.", (("Condition",), left))


def _exception_for_all(statement: Statement) -> Iterator[Weakening]:
    if not statement.denies:
        return
    for operator, key, _ in conditions(statement.body):
        if _bare(operator) not in _EXCEPTION:
            continue
        gone = without_conditions(statement, [(operator, key)])[1]
        left = {} if gone is REMOVED else dict(gone)
        like = operator.replace("Equals", "Like").replace("IgnoreCase", "")
        left[like] = {**left.get(like, {}), key: ["*"]}
        yield statement.becomes(f"every {key} is an exception of the Deny.", (("Condition",), left))


def _deny_if_exists(statement: Statement) -> Iterator[Weakening]:
    """A negated operator holds where the key is missing, with IfExists too: `Null` narrows it."""
    if statement.denies and (found := conditions(statement.body)):
        keys = [
            key for operator, key, _ in found if _bare(operator) in _EXCEPTION and key.lower() not in _ALWAYS
        ]
        narrowed = [key for operator, key, _ in found if operator == "Null"]
        for key in dict.fromkeys(keys):
            if key in narrowed:
                continue
            yield statement.becomes(
                f"it denies only requests that name a {key}.", (("Condition", "Null", key), "false")
            )


MODEL_DROPPED, DROPPED = for_statements("policy-condition-dropped", _ALL, _dropped)
MODEL_ALL_DROPPED, ALL_DROPPED = for_statements("policy-conditions-all-dropped", _ALL, _all_dropped)
MODEL_IF_EXISTS, IF_EXISTS = for_statements("policy-condition-if-exists", _ALL, _if_exists)
MODEL_FOR_ALL, FOR_ALL = for_statements("policy-condition-for-all", _ALL, _for_all)
MODEL_ANYTHING, ANYTHING = for_statements("policy-condition-anything", _ALL, _anything)
MODEL_EXCEPTION, EXCEPTION = for_statements(
    "policy-deny-exception-for-all", (*_ALL, Kind.ORGANIZATION), _exception_for_all
)
MODEL_DENY_NARROWED, DENY_NARROWED = for_statements(
    "policy-deny-only-where-named", (*_ALL, Kind.ORGANIZATION), _deny_if_exists
)
