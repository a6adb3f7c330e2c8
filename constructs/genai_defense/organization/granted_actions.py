"""What the policies of an app allow, read from its constructs right before they become templates."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from constructs import IConstruct

from genai_defense.organization.never_at_run_time import MANAGED_POLICIES

Statement = dict[str, Any]


@dataclass(frozen=True)
class Grant:
    """An Allow of an identity policy.

    Attributes:
        path: Path of the resource that holds it.
        statement: The statement, resolved.
        attached: Logical ids of the roles that the policy names.
    """

    path: str
    statement: Statement
    attached: frozenset[str] = frozenset()


class AppGrants:
    """What all identity policies of an app allow, as they stand when this is made.

    Args:
        root: The app.

    Attributes:
        constructs: All constructs of the app.
        listed: The grants.

    Raises:
        ValueError: A role names a policy of AWS whose actions are not known here.
    """

    def __init__(self, root: IConstruct) -> None:
        self.constructs = root.node.find_all()
        self._roles: list[tuple[str, str]] = []
        self.listed = [grant for node in self.constructs for grant in self._of(node)]

    def reach(self, grant: Grant, inside: str) -> bool:
        """Whether a grant stands below a path, or stands elsewhere and is attached to a role below it."""
        return grant.path.startswith(inside) or any(
            path.startswith(inside) and role in grant.attached for path, role in self._roles
        )

    def names(self) -> list[tuple[str, str]]:
        """Who allows which actions."""
        return [(grant.path, json.dumps(grant.statement.get("Action"))) for grant in self.listed]

    def _of(self, node: IConstruct) -> Iterator[Grant]:
        if isinstance(node, iam.CfnManagedPolicy | iam.CfnPolicy):
            # A boundary grants nothing, and this one is being written.
            if not node.node.try_get_context(BOUNDARY):
                yield from _of_policy(node)
        elif isinstance(node, iam.CfnRole):
            stack = cdk.Stack.of(node)
            self._roles.append((node.node.path, str(stack.get_logical_id(node))))
            yield from _of_role(node, stack)


def _of_policy(node: iam.CfnManagedPolicy | iam.CfnPolicy) -> Iterator[Grant]:
    stack = cdk.Stack.of(node)
    documents, roles = _resolved(stack, [node.policy_document], node.roles)
    # Before the references between stacks are made, a role of another stack is named by its id alone.
    named = frozenset(str(role.get("Ref")) for role in roles if isinstance(role, dict))  # pyright: ignore[reportUnknownArgumentType,reportUnknownMemberType] - JSON
    for document in documents:  # none when it is empty
        for statement in _allowing(document):
            yield Grant(node.node.path, statement, named)


def _of_role(node: iam.CfnRole, stack: cdk.Stack) -> Iterator[Grant]:
    policies, arns = _resolved(stack, node.policies, node.managed_policy_arns)
    for policy in policies:
        for statement in _allowing(policy.get("policyDocument", policy.get("PolicyDocument"))):
            yield Grant(node.node.path, statement)
    for arn in arns:
        if name := _aws_policy(arn):
            yield Grant(node.node.path, {"Action": list(_known(node, name))})


# Context of a boundary's own policy.
BOUNDARY = "genai-defense:boundary"


def _resolved(stack: cdk.Stack, *lists: Any) -> Iterator[list[Any]]:
    """What the tokens of some lists stand for, in one call: a call to the CDK costs more than its work."""
    resolved = cast("dict[str, list[Any]]", stack.resolve({str(i): value for i, value in enumerate(lists)}))
    return (resolved.get(str(i)) or [] for i in range(len(lists)))


def _allowing(document: dict[str, Any] | None) -> Iterator[Statement]:
    entries: Any = (document or {}).get("Statement", [])
    for statement in cast("list[Statement]", entries if isinstance(entries, list) else [entries]):
        if statement.get("Effect") == "Allow":
            yield statement


def _aws_policy(arn: Any) -> str | None:
    """The name of a policy of AWS; None for one of the app."""
    text = arn if isinstance(arn, str) else "".join(part for part in _parts(arn) if isinstance(part, str))
    _, found, name = text.partition(":iam::aws:policy/")
    return name if found else None


def _parts(arn: Any) -> list[Any]:
    return list(arn.get("Fn::Join", ["", []])[1]) if isinstance(arn, dict) else []  # pyright: ignore[reportUnknownArgumentType,reportUnknownMemberType] - JSON


def _known(node: cdk.CfnResource, name: str) -> tuple[str, ...]:
    if name not in MANAGED_POLICIES:
        raise ValueError(
            f"RuntimeBoundary: {node.node.path} names AWS's policy {name}, which allows what AWS likes. "
            "Write a managed policy with the actions that the role needs."
        )
    return MANAGED_POLICIES[name]
