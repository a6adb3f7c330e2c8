"""Which tags a session of a role must have."""

from collections.abc import Iterator

from genai_defense.checks.alike import actions
from genai_defense.checks.policy import Statement, statements
from genai_defense.checks.template_graph import Resource
from genai_defense.checks.values import dig

_REQUESTED = "aws:requesttag/"


def tagged_trust(role: Resource) -> Iterator[Statement]:
    """The statements of a trust policy by which other roles and accounts take the role with tags."""
    path = "AssumeRolePolicyDocument"
    for statement in statements(role.get(path), path):
        if (
            isinstance(statement.body, dict)
            and statement.may_allow
            and "sts:tagsession" in actions(statement)
        ):
            principal = dig(statement.body, "Principal")
            if isinstance(principal, dict) and "AWS" in principal:
                yield statement


def demanded_tags(role: Resource) -> Iterator[str]:
    """The names of the tags, in lower case."""
    for statement in tagged_trust(role):
        for operator, key, _ in statement.tests():
            if key.startswith(_REQUESTED) and not operator.endswith("ifexists"):
                yield key.removeprefix(_REQUESTED)
