"""The most that any role of an application may do, whatever it is granted."""

from collections.abc import Sequence
from fnmatch import fnmatchcase
from typing import Any

import aws_cdk as cdk
import jsii
from aws_cdk import aws_iam as iam
from constructs import Construct, IConstruct, IValidation

from genai_defense.checks.acknowledge import acknowledge
from genai_defense.organization.granted_actions import BOUNDARY, AppGrants, Grant, Statement
from genai_defense.organization.knowledge_bases import finding_of_all_bases, knowledge_base_statement
from genai_defense.organization.never_at_run_time import KNOWLEDGE_BASE_ACTIONS, NEVER, SERVICES
from genai_defense.organization.policy_length import check_length

_IDENTITIES = ("AWS::IAM::Role", "AWS::IAM::User")


class RuntimeBoundary(Construct):
    """A permissions boundary: the actions that the app's own policies name, and never those of a closed list.

    A policy that somebody attaches later, by hand or by a stolen pipeline, adds nothing: the boundary has
    only what the app's constructs granted to roles of its stack, or of the one construct that it stands in,
    when they were synthesized. Statements on
    Bedrock are repeated with their resources and conditions (but the endpoint), so that it holds no second
    way to the model; those on knowledge bases, from which no model answers, hold for all of the account. What
    is denied here (identities, guardrail, logs, keys, locks, ways around the guardrail) stays denied even
    when a construct grants it; such a grant ends the synth.

    Args:
        scope: A stack, or a construct in one.
        construct_id: Id below the parent.
        permits: Actions of the closed list that the role needs that this boundary is for. Default: none.
        services: Services beyond the ones that the kit's functions use. Default: none.

    Attributes:
        policy: The managed policy that is the boundary.

    Raises:
        ValueError: At synth: a policy of the app names no action but a pattern, an action of the closed list,
            a service that is not expected, or a policy of AWS; or the document is longer than IAM takes; or a
            policy changed after the boundaries were written.

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
        self.grants: AppGrants | None = None
        self.node.set_context(BOUNDARY, True)
        self.policy = iam.CfnManagedPolicy(
            self,
            "Policy",
            description="Permissions boundary: the most that a role of this application may do.",
            policy_document=cdk.Lazy.any(_Document(self)),
        )
        self.node.add_validation(_Unchanged(self))

    @staticmethod
    def is_needed_in(scope: IConstruct) -> bool:
        """Whether there is a role or user to bound: a boundary that bounds nobody reads like a protection.

        Args:
            scope: A stack or a construct, with all that it will hold.
        """
        return any(
            isinstance(node, cdk.CfnResource) and node.cfn_resource_type in _IDENTITIES
            for node in scope.node.find_all()
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
        grants = boundary.grants or _read_for_all(boundary)
        inside = f"{(boundary.node.scope or boundary).node.path}/"
        actions: set[str] = set()
        repeated: list[Statement] = []
        on_knowledge_bases: set[str] = set()
        for grant in grants.listed:
            named, here = _named_actions(grant), grants.reach(grant, inside)
            if denied := {action for action in named if _denying(action)}:
                _check_permitted(grant.path, denied, grants)
                if here and denied <= set(boundary.permits):
                    repeated.append(_without_the_way(grant.statement))
                continue
            _check_services(grant.path, named, boundary)
            if not any(action.startswith("bedrock:") for action in named):
                actions |= named if here else set()
            elif not grant.path.startswith(inside):
                continue
            elif named <= KNOWLEDGE_BASE_ACTIONS:
                on_knowledge_bases |= named
            else:
                repeated.append(_without_the_way(grant.statement))
        permitted = {pattern for action in boundary.permits for pattern in _denying(action)}
        never = [pattern for pattern in NEVER if pattern not in permitted]
        allowed = [
            *_allowed(actions),
            *repeated,
            *knowledge_base_statement(boundary.policy, on_knowledge_bases),
        ]
        _acknowledge_wide(boundary.policy, allowed)
        denies = {"Sid": "NeverAtRunTime", "Effect": "Deny", "Action": never, "Resource": "*"}
        document = {"Version": "2012-10-17", "Statement": [*allowed, denies]}
        check_length(cdk.Stack.of(boundary).resolve(document), path=boundary.node.path)
        return document


def _read_for_all(boundary: RuntimeBoundary) -> AppGrants:
    """Read the app's policies once, for all boundaries that are written with this one."""
    grants, assembly = AppGrants(boundary.node.root), cdk.Stage.of(boundary)
    for node in grants.constructs:
        if isinstance(node, RuntimeBoundary) and cdk.Stage.of(node) is assembly:
            node.grants = grants
    return grants


@jsii.implements(IValidation)
class _Unchanged:
    """Reads the policies again when all is written: what one of them gained since is in no boundary."""

    def __init__(self, boundary: RuntimeBoundary) -> None:
        self._boundary = boundary

    def validate(self) -> list[str]:
        boundary = self._boundary
        grants = boundary.grants
        boundaries = (
            (node for node in grants.constructs if isinstance(node, RuntimeBoundary)) if grants else ()
        )
        # One of those that share what was read.
        if grants is None or next(node for node in boundaries if node.grants is grants) is not boundary:
            return []
        known = grants.names()
        return [
            f"RuntimeBoundary: {path} allows {actions} since the boundaries were written. Grant it when "
            "constructs are made, or in an aspect, and resolve no policy before the synth."
            for path, actions in AppGrants(boundary.node.root).names()
            if (path, actions) not in known
        ]


def _acknowledge_wide(policy: iam.CfnManagedPolicy, allowed: Sequence[Statement]) -> None:
    """Acknowledge what a boundary allows widely, as soon as it is known whether it allows anything."""
    bases = any(KNOWLEDGE_BASE_ACTIONS.issuperset(entry["Action"]) for entry in allowed)
    wide = [finding_of_all_bases(policy)] if bases else []
    if any(entry["Resource"] == "*" for entry in allowed):
        wide.append("AwsSolutions-IAM5[Resource::*]")
    if wide:
        acknowledge(
            policy,
            *wide,
            reason="A permissions boundary grants nothing; it is the most that a role may be granted, action "
            "by action, and each role's own policy names the resources. Naming them here as well would close "
            "circles (a key names the role, the role its boundary); what must never be used is denied in the "
            "same document.",
        )


def _allowed(actions: set[str]) -> list[Statement]:
    entry: Statement = {
        "Sid": "WhatTheApplicationDoes",
        "Effect": "Allow",
        "Action": sorted(actions),
        "Resource": "*",
    }
    return [entry] if actions else []


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


def _named_actions(grant: Grant) -> set[str]:
    named = grant.statement.get("Action")
    actions = [named] if isinstance(named, str) else (named or [])
    wild = [action for action in actions if "*" in action or "?" in action]
    if wild or "NotAction" in grant.statement:
        raise ValueError(
            f"RuntimeBoundary: {grant.path} allows {', '.join(wild) or 'NotAction'}. Name each action, so "
            "that the boundary can."
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


def _check_permitted(path: str, denied: set[str], grants: AppGrants) -> None:
    """Refuse a grant that no boundary of the app lets through."""
    permitted = {
        action for node in grants.constructs if isinstance(node, RuntimeBoundary) for action in node.permits
    }
    if beyond := sorted(denied - permitted):
        raise ValueError(
            f"RuntimeBoundary: {path} allows {', '.join(beyond)}, which no role does at run time. Remove it, "
            "or give that one role a boundary whose `permits` name it."
        )
