"""What all policies of an organization have in common: their types, and how long each may be."""

import json
import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, Protocol

from genai_defense.checks.organization_policies import MOST_CHARS

# How the CDK writes a value that only a deployment knows.
_TOKEN = re.compile(r"\$\{Token\[[^]]*]}")
# As long as an ARN with its version.
_TOKEN_CHARS = 120


class OrganizationPolicyType(StrEnum):
    """The types that this kit writes, as `AWS::Organizations::Policy` takes them."""

    SERVICE_CONTROL = "SERVICE_CONTROL_POLICY"
    RESOURCE_CONTROL = "RESOURCE_CONTROL_POLICY"
    AI_SERVICES_OPT_OUT = "AISERVICES_OPT_OUT_POLICY"
    BEDROCK = "BEDROCK_POLICY"


class PolicyDocument(Protocol):
    """A document with its type, such as `GuardrailControlPolicy`."""

    @property
    def policy_type(self) -> OrganizationPolicyType:
        """What kind of policy it is."""
        ...

    @property
    def document(self) -> Mapping[str, Any]:
        """The document itself."""
        ...


def size_of(document: Mapping[str, Any]) -> int:
    """Characters of a document as CloudFormation sends it, without white space; a token counts 120."""
    text = json.dumps(document, separators=(",", ":"), ensure_ascii=False)
    return len(_TOKEN.sub("x" * _TOKEN_CHARS, text))


def check_size(policy: PolicyDocument) -> None:
    """Refuse a document that Organizations would refuse at deployment.

    Args:
        policy: The document with its type.

    Raises:
        ValueError: It is too long.
    """
    size, most = size_of(policy.document), MOST_CHARS[policy.policy_type]
    if size > most:
        raise ValueError(
            f"{type(policy).__name__}: the document has {size} characters, and Organizations takes {most} "
            f"for a {policy.policy_type}. Name fewer entries, or split them over two policies."
        )


def require(owner: object, **lists: tuple[str, ...]) -> None:
    """Refuse a document without an entry in one of its lists.

    Args:
        owner: Whose lists they are.
        lists: The lists, by the names of their arguments.

    Raises:
        ValueError: One of them is empty.
    """
    if empty := [name for name, entries in lists.items() if not entries]:
        raise ValueError(
            f"{type(owner).__name__}: {' and '.join(empty)} each need an entry, or the policy would shut out "
            "everything and everybody."
        )


def deny(
    sid: str,
    actions: Sequence[str],
    *,
    unless: Sequence[str],
    resources: Sequence[str] = ("*",),
    conditions: Mapping[str, Mapping[str, Any]] | None = None,
) -> dict[str, Any]:
    """A statement of a service control policy that some principals are exempt from.

    Args:
        sid: Its name.
        actions: What it denies.
        unless: ARN patterns of the exempt principals.
        resources: ARN patterns of what it is denied on. Default: everything.
        conditions: What must also hold. Default: nothing.
    """
    return {
        "Sid": sid,
        "Effect": "Deny",
        "Action": list(actions),
        "Resource": "*" if list(resources) == ["*"] else list(resources),
        "Condition": {**(conditions or {}), "ArnNotLike": {"aws:PrincipalArn": list(unless)}},
    }
