"""What the policies of an app allow, read from its constructs right before they become templates."""

from collections.abc import Iterator
from typing import Any, cast

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from constructs import IConstruct

from genai_defense.organization.never_at_run_time import MANAGED_POLICIES

Statement = dict[str, Any]


def allow_statements(root: IConstruct) -> Iterator[tuple[cdk.CfnResource, Statement]]:
    """Every Allow of the identity policies below a construct, with the resource that holds it.

    Raises:
        ValueError: A role names a policy of AWS whose actions are not known here.
    """
    for node in root.node.find_all():
        if isinstance(node, iam.CfnManagedPolicy | iam.CfnPolicy):
            # A boundary grants nothing, and this one is being written.
            if not node.node.try_get_context(BOUNDARY):
                yield from _statements(node, node.policy_document)
        elif isinstance(node, iam.CfnRole):
            for policy in _listed(node, node.policies):
                yield from _statements(node, policy.get("policyDocument", policy.get("PolicyDocument")))
            for arn in _listed(node, node.managed_policy_arns):
                if name := _aws_policy(arn):
                    yield node, {"Action": list(_known(node, name))}


# Context of a boundary's own policy.
BOUNDARY = "genai-defense:boundary"


def _listed(node: cdk.CfnResource, value: Any) -> list[Any]:
    return cast("list[Any]", cdk.Stack.of(node).resolve(value) or [])


def _statements(node: cdk.CfnResource, document: Any) -> Iterator[tuple[cdk.CfnResource, Statement]]:
    resolved: Any = cdk.Stack.of(node).resolve(document) or {}
    entries: Any = resolved.get("Statement", [])
    listed = cast("list[Statement]", entries if isinstance(entries, list) else [entries])
    for statement in listed:
        if statement.get("Effect") == "Allow":
            yield node, statement


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
