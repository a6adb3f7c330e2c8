"""What a permissions boundary says about knowledge bases, which it cannot name."""

from collections.abc import Collection
from typing import Any

import aws_cdk as cdk

from genai_defense.checks.acknowledge import acknowledge
from genai_defense.checks.finding_ids import wildcard_in


def knowledge_base_statement(policy: cdk.CfnResource, actions: Collection[str]) -> list[dict[str, Any]]:
    """The actions on every knowledge base of the account, and on nothing else; nothing without actions.

    A base names its role, and the role its boundary: the boundary cannot name the base in a circle. The
    role's own policy names it.
    """
    entry = {"Effect": "Allow", "Action": sorted(actions), "Resource": _bases(policy)}
    return [entry] if actions else []


def acknowledge_knowledge_bases(policy: cdk.CfnResource) -> None:
    """Say why a boundary names all knowledge bases of the account."""
    acknowledge(
        policy,
        wildcard_in(_bases(policy), reader=policy),
        reason="A permissions boundary grants nothing, and naming the one knowledge base would close a "
        "circle over the base's role; the role's own policy names the one.",
    )


def _bases(policy: cdk.CfnResource) -> str:
    return cdk.Stack.of(policy).format_arn(service="bedrock", resource="knowledge-base", resource_name="*")
