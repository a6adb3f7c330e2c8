"""Resources of statements: everything, or every model, instead of what is needed."""

import re
from collections.abc import Iterator
from typing import Any

from genai_defense.mutation.boundaries import is_redundant
from genai_defense.mutation.edit import REMOVED
from genai_defense.mutation.operator import Weakening
from genai_defense.mutation.policies import Kind, Statement, entries, for_statements
from genai_defense.mutation.shapes import is_array, is_object

# In a policy that sits on a resource, `Resource` can be nothing but that resource.
_CHOOSING = (Kind.IDENTITY, Kind.ENDPOINT)
_MODEL = re.compile(r"((?:foundation-model|inference-profile|endpoint)/)[^/*]+$")


def _everything(statement: Statement) -> Iterator[Weakening]:
    written = entries(statement.body.get("Resource"))
    if statement.allows and written and "*" not in written:
        yield statement.becomes("it holds for every resource.", (("Resource",), "*"))


def _all_but(statement: Statement) -> Iterator[Weakening]:
    written = entries(statement.body.get("Resource"))
    if statement.allows and written and "*" not in written:
        yield statement.becomes(
            "it holds for every resource but one.",
            (("Resource",), REMOVED),
            (("NotResource",), "arn:aws:s3:::a-bucket-of-nobody"),
        )


def _every_model(statement: Statement) -> Iterator[Weakening]:
    key = "Resource" if statement.allows else "NotResource"
    written = entries(statement.body.get(key))
    wider = [_any_of_kind(entry) for entry in written]
    if any(one != other for one, other in zip(written, wider, strict=True)):
        yield statement.becomes("it takes every model, not only approved ones.", ((key,), wider))


def _deny_less(statement: Statement) -> Iterator[Weakening]:
    if is_redundant(statement, entries(statement.body.get("Action"))):
        return
    if statement.denies and entries(statement.body.get("Resource")) == ["*"]:
        yield statement.becomes(
            "it denies on one resource, no longer on all.", (("Resource",), "arn:aws:s3:::a-bucket-of-nobody")
        )
    if statement.denies and "NotResource" in statement.body:
        yield statement.becomes("every resource is an exception.", (("NotResource",), "*"))


def _any_of_kind(raw: Any) -> Any:
    if isinstance(raw, str):
        return _MODEL.sub(r"\g<1>*", raw)
    if is_object(raw) and isinstance(text := raw.get("Fn::Sub"), str):
        return {"Fn::Sub": _MODEL.sub(r"\g<1>*", text)}
    if is_object(raw) and is_array(joined := raw.get("Fn::Join")) and len(joined) > 1:
        pieces = entries(joined[1])
        if pieces and isinstance(pieces[-1], str):
            return {"Fn::Join": [joined[0], [*pieces[:-1], _MODEL.sub(r"\g<1>*", pieces[-1])]]}
    return raw


MODEL_EVERYTHING, EVERYTHING = for_statements("policy-resource-everything", _CHOOSING, _everything)
MODEL_ALL_BUT, ALL_BUT = for_statements("policy-not-resource", (Kind.IDENTITY,), _all_but, once=True)
MODEL_EVERY_MODEL, EVERY_MODEL = for_statements(
    "policy-every-model", (*_CHOOSING, Kind.ORGANIZATION), _every_model
)
MODEL_DENY_LESS, DENY_LESS = for_statements(
    "policy-deny-less", (Kind.IDENTITY, Kind.RESOURCE, Kind.ENDPOINT, Kind.ORGANIZATION), _deny_less
)
