"""For which user or tenant a role is taken, and whether its statements look at that."""

from collections.abc import Collection, Iterator
from typing import Final

from genai_defense.checks.alike import actions
from genai_defense.checks.allowing import trusting
from genai_defense.checks.policy import Statement
from genai_defense.checks.reach import literally
from genai_defense.checks.template_graph import Resource
from genai_defense.checks.values import dig, items

ROWS: Final = frozenset(
    {
        "dynamodb:batchgetitem",
        "dynamodb:batchwriteitem",
        "dynamodb:deleteitem",
        "dynamodb:getitem",
        "dynamodb:putitem",
        "dynamodb:query",
        "dynamodb:scan",
        "dynamodb:updateitem",
    }
)
"""Actions on rows of tables, in lower case."""
_REQUESTED = "aws:requesttag/"
_POOLS = "cognito-identity.amazonaws.com"
_TAGGED = "aws:principaltag/"


def variables_of_session(role: Resource) -> Iterator[str]:
    """The policy variables, in lower case, of tags with which other roles and accounts must take a role."""
    for statement in trusting(role):
        principal = dig(statement.body, "Principal") if isinstance(statement.body, dict) else None
        if not isinstance(principal, dict) or "AWS" not in principal:
            continue
        if "sts:tagsession" in actions(statement):
            for operator, key, _ in statement.tests():
                if key.startswith(_REQUESTED) and not operator.endswith("ifexists"):
                    yield f"${{{_TAGGED}{key.removeprefix(_REQUESTED)}}}"


def variables_of_user(role: Resource) -> Iterator[str]:
    """How policy variables begin, in lower case, that say which user of an identity pool has a role."""
    for statement in trusting(role):
        principal = dig(statement.body, "Principal") if isinstance(statement.body, dict) else None
        if isinstance(principal, dict) and _POOLS in items(principal.get("Federated")):
            yield from (f"${{{_POOLS}:sub", f"${{{_TAGGED}")


def looks_at(statement: Statement, variables: Collection[str]) -> bool:
    """Whether a condition or a resource of a statement names one of some policy variables."""
    said = [value for operator, _, values in statement.tests() if operator != "null" for value in values]
    texts = [literally(each).lower() for each in (*said, *items(dig(statement.body, "Resource")))]
    return any(variable in text for variable in variables for text in texts)
