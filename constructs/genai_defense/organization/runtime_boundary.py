"""The most that any role of an application may do, whatever it is granted."""

from collections.abc import Sequence
from fnmatch import fnmatchcase
from typing import Any

import aws_cdk as cdk
import jsii
from aws_cdk import aws_iam as iam
from constructs import Construct, IConstruct

from genai_defense.checks.acknowledge import acknowledge
from genai_defense.organization.granted_actions import BOUNDARY, Statement, allow_statements
from genai_defense.organization.never_at_run_time import NEVER, SERVICES


class RuntimeBoundary(Construct):
    """A permissions boundary: the actions that the app's own policies name, and never those of a closed list.

    A policy that somebody attaches later, by hand or by a stolen pipeline, adds nothing: the boundary has
    only what the app's constructs granted when they were synthesized. Statements on Bedrock are repeated with
    their resources and conditions (but the endpoint), so that it holds no second way to the model. What is
    denied here (identities, guardrail, logs, keys, locks, ways around the guardrail) stays denied even when a
    construct grants it; such a grant ends the synth.

    Args:
        scope: A stack, or a construct in one.
        construct_id: Id below the parent.
        permits: Actions of the closed list that the role needs that this boundary is for. Default: none.
        services: Services beyond the ones that the kit's functions use. Default: none.

    Attributes:
        policy: The managed policy that is the boundary.

    Raises:
        ValueError: At synth: a policy of the app names no action but a pattern, an action of the closed list,
            a service that is not expected, or a policy of AWS.

    Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html (read
        2026-11-24).
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        permits: Sequence[str] = (),
        services: Sequence[str] = (),
    ) -> None:
        super().__init__(scope, construct_id)
        self.permits = tuple(permits)
        self.services = SERVICES | set(services)
        self.node.set_context(BOUNDARY, True)
        self.policy = iam.CfnManagedPolicy(
            self,
            "Policy",
            description="Permissions boundary: the most that a role of this application may do.",
            policy_document=cdk.Lazy.any(_Document(self)),
        )
        acknowledge(
            self.policy,
            "AwsSolutions-IAM5[Resource::*]",
            reason="A permissions boundary grants nothing: it names the actions that a role's own policies "
            "may use, and those policies name the resources.",
        )

    def apply_to(self, scope: IConstruct) -> None:
        """Bound every role and user in `scope`, those of the CDK's own helpers included.

        Args:
            scope: A stack or a construct. A boundary of a construct deeper in the tree wins over this one.
        """
        boundary = iam.ManagedPolicy.from_managed_policy_arn(
            self, f"For{scope.node.addr[:8]}", self.policy.ref
        )
        iam.PermissionsBoundary.of(scope).apply(boundary)


@jsii.implements(cdk.IStableAnyProducer)
class _Document:
    """The document, written when every construct stands."""

    def __init__(self, boundary: RuntimeBoundary) -> None:
        self._boundary = boundary

    def produce(self) -> Any:
        boundary = self._boundary
        actions: set[str] = set()
        repeated: list[Statement] = []
        for node, statement in allow_statements(boundary.node.root):
            named = _named_actions(node.node.path, statement)
            here = cdk.Stack.of(node) is cdk.Stack.of(boundary)
            if denied := {action for action in named if _denying(action)}:
                _check_permitted(node.node.path, denied, boundary)
                if here and denied <= set(boundary.permits):
                    repeated.append(_without_the_way(statement))
                continue
            _check_services(node.node.path, named, boundary)
            if not any(action.startswith("bedrock:") for action in named):
                actions |= named
            elif here:
                repeated.append(_without_the_way(statement))
        permitted = {pattern for action in boundary.permits for pattern in _denying(action)}
        never = [pattern for pattern in NEVER if pattern not in permitted]
        return {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Sid": "WhatTheApplicationDoes",
                    "Effect": "Allow",
                    "Action": sorted(actions),
                    "Resource": "*",
                },
                *repeated,
                {"Sid": "NeverAtRunTime", "Effect": "Deny", "Action": never, "Resource": "*"},
            ],
        }


def _without_the_way(statement: Statement) -> Statement:
    """The statement without its Sid and without its endpoint.

    The endpoint's own policy names the role, and the role its boundary: they cannot name one another in a
    circle. The role's own policy keeps the condition, and denies every other way.
    """
    kept = {key: value for key, value in statement.items() if key not in {"Sid", "Condition"}}
    conditions = {
        operator: rest
        for operator, tests in statement.get("Condition", {}).items()
        if (rest := {key: value for key, value in tests.items() if key != "aws:SourceVpce"})
    }
    return {**kept, **({"Condition": conditions} if conditions else {})}


def _named_actions(path: str, statement: Statement) -> set[str]:
    named = statement.get("Action")
    actions = [named] if isinstance(named, str) else (named or [])
    wild = [action for action in actions if "*" in action or "?" in action]
    if wild or "NotAction" in statement:
        raise ValueError(
            f"RuntimeBoundary: {path} allows {', '.join(wild) or 'NotAction'}. Name each action, so that the "
            "boundary can."
        )
    return set(actions)


def _check_services(path: str, actions: set[str], boundary: RuntimeBoundary) -> None:
    for action in sorted(actions):
        service = action.partition(":")[0]
        if service not in boundary.services:
            raise ValueError(
                f"RuntimeBoundary: {path} allows {action}. No role here uses {service}. Remove it, or name "
                "the service under `services`."
            )


def _denying(action: str) -> list[str]:
    """The families of the closed list that an action belongs to."""
    return [pattern for pattern in NEVER if fnmatchcase(action, pattern)]


def _check_permitted(path: str, denied: set[str], boundary: RuntimeBoundary) -> None:
    """Refuse a grant that no boundary of the app lets through."""
    permitted = {
        action
        for node in boundary.node.root.node.find_all()
        if isinstance(node, RuntimeBoundary)
        for action in node.permits
    }
    if beyond := sorted(denied - permitted):
        raise ValueError(
            f"RuntimeBoundary: {path} allows {', '.join(beyond)}, which no role does at run time. Remove it, "
            "or give that one role a boundary whose `permits` name it."
        )
