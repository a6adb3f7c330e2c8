"""IAM's evaluation written a second time, on concrete requests, for tests to compare the prover with."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any

VALUES = ("a", "b", "ab", "cb", "ac", "c", "A", "a*", "?b", "*")
RESOURCES = tuple(f"arn:aws:bedrock:r:1:thing/{name}" for name in ("a", "b", "ab", "cb", "c"))
SEVERAL = tuple(each for size in (1, 2, 3) for each in combinations(VALUES, size))


@dataclass(frozen=True)
class Context:
    """One request: its ARN, a key with one value, and one with several; None where it is missing."""

    resource: str
    one: str | None
    several: tuple[str, ...] | None


def contexts() -> Iterator[Context]:
    for resource, one, several in product(RESOURCES, (None, *VALUES), (None, *SEVERAL)):
        yield Context(resource, one, several)


def decides(document: dict[str, Any], context: Context, action: str) -> bool:
    """Whether a document allows a request."""
    effects = {
        statement["Effect"]
        for statement in document["Statement"]
        if _covers(statement, action) and _reaches(statement, context) and _met(statement, context)
    }
    return effects == {"Allow"}


def _covers(statement: dict[str, Any], action: str) -> bool:
    if "NotAction" in statement:
        return not any(_like(each.lower(), action.lower()) for each in statement["NotAction"])
    return any(_like(each.lower(), action.lower()) for each in statement["Action"])


def _reaches(statement: dict[str, Any], context: Context) -> bool:
    if "NotResource" in statement:
        return not any(_like(each, context.resource) for each in statement["NotResource"])
    return any(_like(each, context.resource) for each in statement["Resource"])


def _met(statement: dict[str, Any], context: Context) -> bool:
    for operator, tests in statement.get("Condition", {}).items():
        for key, values in tests.items():
            given = context.one if key == "x:one" else context.several
            held = None if given is None else [given] if isinstance(given, str) else list(given)
            if not _test(operator, held, values):
                return False
    return True


def _test(operator: str, held: list[str] | None, values: list[str]) -> bool:
    if operator == "Null":
        return any((held is None) == (value == "true") for value in values)
    if operator.endswith("IfExists"):
        return held is None or _test(operator.removesuffix("IfExists"), held, values)
    qualifier, _, name = operator.rpartition(":")
    compare = {"Equals": _equal, "EqualsIgnoreCase": _equal_any_case, "Like": _like}[
        name.removeprefix("String").removeprefix("Not")
    ]

    def hits(value: str) -> bool:
        return any(compare(pattern, value) for pattern in values)

    negated = name.startswith("StringNot")
    if qualifier == "ForAllValues":
        return held is None or all(hits(value) != negated for value in held)
    if qualifier == "ForAnyValue":
        return held is not None and any(hits(value) != negated for value in held)
    return held is None if negated and held is None else held is not None and any(map(hits, held)) != negated


def _equal(pattern: str, value: str) -> bool:
    return pattern == value


def _equal_any_case(pattern: str, value: str) -> bool:
    return pattern.lower() == value.lower()


def _like(pattern: str, value: str) -> bool:
    return re.fullmatch(re.escape(pattern).replace(r"\*", ".*").replace(r"\?", "."), value) is not None
