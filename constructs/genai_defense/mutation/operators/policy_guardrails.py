"""The guardrail that a condition asks for: any version, the draft, any guardrail."""

import re
from collections.abc import Iterator
from typing import Any

from genai_defense.mutation.edit import REMOVED
from genai_defense.mutation.operator import Weakening
from genai_defense.mutation.policies import (
    Kind,
    Statement,
    conditions,
    entries,
    for_model_statements,
    without_conditions,
)
from genai_defense.mutation.shapes import is_array, is_object

_KEY = "bedrock:guardrailidentifier"
_VERSION = re.compile(r":(?:\d+|\$\{[^}]+\})$")


def _versioned(raw: Any, version: str) -> Any:
    """The same guardrail with another version; None where the text does not end with one."""
    if isinstance(raw, str):
        return _VERSION.sub(f":{version}", raw) if _VERSION.search(raw) else None
    if not is_object(raw):
        return None
    if isinstance(text := raw.get("Fn::Sub"), str):
        return {"Fn::Sub": _VERSION.sub(f":{version}", text)} if _VERSION.search(text) else None
    joined = entries(raw.get("Fn::Join"))
    if len(joined) == 2 and is_array(pieces := joined[1]) and len(pieces) > 1:  # noqa: PLR2004 - as written
        return {"Fn::Join": [joined[0], [*pieces[:-1], version]]}
    return None


def _replaced(statement: Statement, version: str, *, like: bool) -> Iterator[Weakening]:
    for operator, key, value in conditions(statement.body):
        if key.lower() != _KEY or operator == "Null":
            continue
        new = [_versioned(entry, version) for entry in entries(value)]
        if None in new or not new:
            continue
        renamed = operator.replace("Equals", "Like") if like else operator
        gone = without_conditions(statement, [(operator, key)])[1]
        left = {} if gone is REMOVED else dict(gone)
        left[renamed] = {**left.get(renamed, {}), key: new}
        yield statement.becomes(f"it asks for version {version} of the guardrail.", (("Condition",), left))


def _any_version(statement: Statement) -> Iterator[Weakening]:
    yield from _replaced(statement, "*", like=True)


def _draft(statement: Statement) -> Iterator[Weakening]:
    yield from _replaced(statement, "DRAFT", like=False)


def _any_guardrail(statement: Statement) -> Iterator[Weakening]:
    """A Deny for requests without a guardrail takes every guardrail, also an empty one of the caller's."""
    for operator, key, _ in conditions(statement.body):
        if key.lower() == _KEY and statement.denies and "Not" in operator:
            gone = without_conditions(statement, [(operator, key)])[1]
            left = {} if gone is REMOVED else dict(gone)
            left["Null"] = {**left.get("Null", {}), key: "true"}
            yield statement.becomes("any guardrail is good enough.", (("Condition",), left))


_ALL = (Kind.IDENTITY, Kind.ENDPOINT, Kind.ORGANIZATION)
ANY_VERSION = for_model_statements("guardrail-any-version", _ALL, _any_version)
DRAFT = for_model_statements("guardrail-draft-in-condition", _ALL, _draft)
ANY_GUARDRAIL = for_model_statements("guardrail-any-in-deny", _ALL, _any_guardrail)
