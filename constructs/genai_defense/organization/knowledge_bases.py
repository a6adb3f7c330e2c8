"""What a permissions boundary says about knowledge bases, which it cannot name."""

from collections.abc import Collection
from typing import Any

import aws_cdk as cdk

from genai_defense.checks.finding_ids import wildcard_in


def knowledge_base_statement(policy: cdk.CfnResource, actions: Collection[str]) -> list[dict[str, Any]]:
    """The actions on every knowledge base of the account, and on nothing else; nothing without actions.

    A base names its role, and the role its boundary: the boundary cannot name the base in a circle. The
    role's own policy names it.
    """
    entry = {"Effect": "Allow", "Action": sorted(actions), "Resource": _bases(policy)}
    return [entry] if actions else []


def finding_of_all_bases(policy: cdk.CfnResource) -> str:
    """What AwsSolutions-IAM5 calls a boundary that names all knowledge bases of the account."""
    return wildcard_in(_bases(policy), reader=policy)


def _bases(policy: cdk.CfnResource) -> str:
    return cdk.Stack.of(policy).format_arn(service="bedrock", resource="knowledge-base", resource_name="*")
