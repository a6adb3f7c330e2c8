"""Reads policy documents: statements, what their patterns cover, which conditions they demand."""

from collections.abc import Iterator
from dataclasses import dataclass

from genai_defense.checks.template_graph import Resource
from genai_defense.checks.values import Opaque, Reference, Text, Value, dig, items
from genai_defense.checks.wildcards import fits

# Operators on which an Allow matches only when the key is present and equal to a listed value.
# `…IfExists`, `ForAllValues:` and negated operators also match when the key is missing.
DEMANDING_OPERATORS = frozenset(
    {"stringequals", "stringequalsignorecase", "stringlike", "arnequals", "arnlike"}
)

_MAY_RETURN_ANYTHING = ("Custom::", "AWS::CloudFormation::")


@dataclass(frozen=True, kw_only=True)
class Statement:
    """One statement of a policy document.

    Attributes:
        path: Where it stands, as a dotted path below `Properties`.
        body: Its fields; opaque when the template does not spell the statement out.
    """

    path: str
    body: Value

    @property
    def may_allow(self) -> bool:
        """Whether it is an Allow, or could be one."""
        return dig(self.body, "Effect") != "Deny"

    def may_cover(self, action: str) -> bool:
        """Whether its actions include this one, as far as the template tells."""
        return self._may_match("Action", action)

    def may_reach(self, resource: str) -> bool:
        """Whether its resources include an ARN such as this one, as far as the template tells."""
        return self._may_match("Resource", resource)

    def demanded(self, key: str) -> list[Value]:
        """The values that it demands for a condition key, or nothing when the key may be missing."""
        for operator, name, values in self.tests():
            if operator.removeprefix("foranyvalue:") in DEMANDING_OPERATORS and name == key.lower():
                return values
        return []

    def tests(self) -> Iterator[tuple[str, str, list[Value]]]:
        """Operator, key and values of each test of its conditions; the names in lower case, as IAM reads."""
        conditions = dig(self.body, "Condition")
        for operator, tests in conditions.items() if isinstance(conditions, dict) else ():
            for name, values in tests.items() if isinstance(tests, dict) else ():
                yield operator.lower(), name.lower(), items(values)

    def _may_match(self, field: str, text: str) -> bool:
        if isinstance(self.body, Opaque):
            return True
        excluded = dig(self.body, f"Not{field}")
        if excluded is not None:
            return not any(isinstance(p, str) and matches(p, text) for p in items(excluded))
        return any(matches(pattern, text) for pattern in items(dig(self.body, field)))


def wildcards(pattern: Value) -> str:
    """An IAM pattern with `*` for what the template does not spell out.

    A lone reference names exactly one thing, so it becomes `{its logical id}` and matches nothing else.
    """
    if isinstance(pattern, Text):
        return "".join(part if isinstance(part, str) else "*" for part in pattern.parts)
    if isinstance(pattern, Reference) and not pattern.resource.type.startswith(_MAY_RETURN_ANYTHING):
        return f"{{{pattern.resource.logical_id}}}"
    return pattern if isinstance(pattern, str) else "*"


def matches(pattern: Value, text: str) -> bool:
    """Whether an IAM pattern may match a text, ignoring case."""
    return fits(wildcards(pattern), text)


def statements(document: Value, path: str) -> Iterator[Statement]:
    """The statements of a policy document; an opaque document is one opaque statement."""
    if isinstance(document, Opaque):
        yield Statement(path=path, body=document)
        return
    listed = items(dig(document, "Statement"))
    for index, body in enumerate(listed):
        yield Statement(path=f"{path}.Statement.{index}", body=body)


IDENTITY_TYPES = (
    "AWS::IAM::Group",
    "AWS::IAM::GroupPolicy",
    "AWS::IAM::ManagedPolicy",
    "AWS::IAM::Policy",
    "AWS::IAM::Role",
    "AWS::IAM::RolePolicy",
    "AWS::IAM::User",
    "AWS::IAM::UserPolicy",
)


def identity_statements(resource: Resource) -> Iterator[Statement]:
    """The statements that an IAM resource grants: of a policy, or of the inline policies of an identity."""
    if resource.get("PolicyDocument") is not None:
        yield from statements(resource.get("PolicyDocument"), "PolicyDocument")
    for index, policy in enumerate(items(resource.get("Policies"))):
        document = policy if isinstance(policy, Opaque) else dig(policy, "PolicyDocument")
        yield from statements(document, f"Policies.{index}.PolicyDocument")
