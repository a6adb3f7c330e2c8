"""Deny statements that go."""

from collections.abc import Iterator

from genai_defense.mutation.boundaries import is_redundant
from genai_defense.mutation.edit import REMOVED
from genai_defense.mutation.operator import Weakening
from genai_defense.mutation.policies import Kind, Statement, entries, for_statements

_ALL = (Kind.IDENTITY, Kind.RESOURCE, Kind.ENDPOINT, Kind.ORGANIZATION)


def _out(statement: Statement) -> Iterator[Weakening]:
    kept = statement.alone or is_redundant(statement, entries(statement.body.get("Action")))
    if statement.denies and not kept and isinstance(statement.path[-1], int):
        yield statement.becomes("the Deny is gone.", ((), REMOVED))


MODEL_OUT, OUT = for_statements("policy-deny-out", _ALL, _out)
