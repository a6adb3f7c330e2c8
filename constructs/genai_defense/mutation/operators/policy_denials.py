"""Deny statements that go."""

from collections.abc import Iterator

from genai_defense.mutation.edit import REMOVED
from genai_defense.mutation.operator import Weakening
from genai_defense.mutation.policies import Kind, Statement, for_statements

_ALL = (Kind.IDENTITY, Kind.RESOURCE, Kind.ENDPOINT, Kind.ORGANIZATION)


def _out(statement: Statement) -> Iterator[Weakening]:
    if statement.denies and not statement.alone and isinstance(statement.path[-1], int):
        yield statement.becomes("the Deny is gone.", ((), REMOVED))


MODEL_OUT, OUT = for_statements("policy-deny-out", _ALL, _out)
