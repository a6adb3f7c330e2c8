"""Whether a statement of a policy document denies a request: as much of IAM's logic as the documents use."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Document = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Request:
    """One call.

    Attributes:
        action: IAM action.
        resource: ARN.
        context: Condition keys that the call carries; a tuple for a key of several values.
    """

    action: str
    resource: str = "*"
    context: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict[str, "str | tuple[str, ...]"])


def denied_by(document: Document, request: Request) -> list[str]:
    """Sids of the Deny statements that match."""
    return [
        statement["Sid"]
        for statement in document["Statement"]
        if statement["Effect"] == "Deny" and _applies(statement, request)
    ]


def _applies(statement: Mapping[str, Any], request: Request) -> bool:
    if not any(_matches(pattern, request.action, fold=True) for pattern in _listed(statement["Action"])):
        return False
    if "NotResource" in statement:
        if any(_matches(pattern, request.resource) for pattern in statement["NotResource"]):
            return False
    elif not any(_matches(pattern, request.resource) for pattern in _listed(statement["Resource"])):
        return False
    return all(
        _holds(operator, key, _listed(values), request.context)
        for operator, tests in statement.get("Condition", {}).items()
        for key, values in tests.items()
    )


def _holds(operator: str, key: str, values: list[str], context: Mapping[str, str | tuple[str, ...]]) -> bool:
    given = {name.lower(): value for name, value in context.items()}.get(key.lower())
    if operator.startswith("ForAnyValue:"):
        single = operator.removeprefix("ForAnyValue:")
        return any(_holds(single, key, values, {key: each}) for each in _listed(given or ()))
    assert not isinstance(given, tuple), f"{key} has several values"
    if operator == "Null":
        return (given is None) == (values == ["true"])
    plain = operator.removesuffix("IfExists")
    negated = "Not" in plain
    if given is None:
        return negated or plain != operator
    compare = {
        "StringEquals": _equal,
        "StringEqualsIgnoreCase": _equal_in_any_case,
        "Bool": _equal,
        "StringLike": _matches,
        "ArnLike": _arn_matches,
    }[plain.replace("Not", "")]
    return any(compare(value, given) for value in values) != negated


def _equal(pattern: str, text: str) -> bool:
    return pattern == text


def _equal_in_any_case(pattern: str, text: str) -> bool:
    return pattern.casefold() == text.casefold()


def _matches(pattern: str, text: str, *, fold: bool = False) -> bool:
    expression = re.escape(pattern).replace(r"\*", ".*").replace(r"\?", ".")
    return re.fullmatch(expression, text, re.DOTALL | (re.IGNORECASE if fold else 0)) is not None


def _arn_matches(pattern: str, arn: str) -> bool:
    """Each of an ARN's six parts by itself, so that no `*` reaches over a colon but in the last one."""
    patterns, parts = pattern.split(":", 5), arn.split(":", 5)
    return len(patterns) == len(parts) and all(map(_matches, patterns, parts))


def _listed(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)
