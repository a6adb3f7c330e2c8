"""An action that waits for a human, as a row of the approval table."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from tool_calls.entities import ApprovalResource, Person

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mypy_boto3_dynamodb.type_defs import AttributeValueTypeDef

VISIBLE: Final = (
    "pk",
    "sk",
    "state",
    "tool",
    "arguments",
    "requester",
    "requester_roles",
    "requested_at",
    "deadline",
    "decided_by",
    "decider_roles",
)
"""Attributes that may be read. The task token is none of them: who holds it decides."""
APPROVE: Final = "approve"
"""The Cedar action of both decisions: who may not approve may not refuse either."""


class ApprovalState(StrEnum):
    """Where it stands."""

    PENDING = "pending"
    APPROVED = "approved"
    REFUSED = "refused"
    DONE = "done"
    FAILED = "failed"


def partition(tenant: str) -> str:
    """Partition key of a tenant's approvals."""
    return f"tenant#{tenant}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """One row, without its token.

    Args:
        approval_id: Its id.
        tenant: Tenant of who asked.
        state: Where it stands.
        tool: Name of the tool.
        arguments: Its checked arguments.
        requester: Who asked.
        requester_roles: The roles under which was asked.
        requested_at: Seconds since 1970.
        deadline: Seconds since 1970; from then on nobody can decide.
        decided_by: Who decided, if anybody has.
        decider_roles: The roles under which was decided.
    """

    approval_id: str
    tenant: str
    state: ApprovalState
    tool: str
    arguments: Mapping[str, str | int]
    requester: str
    requester_roles: tuple[str, ...]
    requested_at: int
    deadline: int
    decided_by: str | None = None
    decider_roles: tuple[str, ...] = ()

    @property
    def resource(self) -> ApprovalResource:
        """For the question to Cedar."""
        return ApprovalResource(approval_id=self.approval_id, tenant=self.tenant, requester=self.requester)

    @property
    def context(self) -> dict[str, str | int]:
        """What the policies know of it when a human decides."""
        return {"tool": self.tool, "amount_cents": self.arguments.get("amount_cents", 0)}

    @property
    def requested_by(self) -> Person:
        """Who asked, as the token said then."""
        return Person(user_id=self.requester, roles=self.requester_roles, tenant=self.tenant)

    @property
    def decider(self) -> Person | None:
        """Who decided, as the token said then."""
        if self.decided_by is None:
            return None
        return Person(user_id=self.decided_by, roles=self.decider_roles, tenant=self.tenant)

    def item(self) -> dict[str, AttributeValueTypeDef]:
        """The row of an approval that is pending."""
        return {
            "pk": {"S": partition(self.tenant)},
            "sk": {"S": self.approval_id},
            "state": {"S": self.state},
            "tool": {"S": self.tool},
            "arguments": {"S": json.dumps(dict(self.arguments), sort_keys=True)},
            "requester": {"S": self.requester},
            "requester_roles": {"S": json.dumps(list(self.requester_roles))},
            "requested_at": {"N": str(self.requested_at)},
            "deadline": {"N": str(self.deadline)},
        }

    @classmethod
    def from_item(cls, item: Mapping[str, Any]) -> Approval:
        """Read a row.

        Raises:
            KeyError: An attribute is missing.
            ValueError: One is of another form. Only these functions may write the table.
        """
        return cls(
            approval_id=item["sk"]["S"],
            tenant=item["pk"]["S"].removeprefix("tenant#"),
            state=ApprovalState(item["state"]["S"]),
            tool=item["tool"]["S"],
            arguments=json.loads(item["arguments"]["S"]),
            requester=item["requester"]["S"],
            requester_roles=tuple(json.loads(item["requester_roles"]["S"])),
            requested_at=int(item["requested_at"]["N"]),
            deadline=int(item["deadline"]["N"]),
            decided_by=item.get("decided_by", {}).get("S"),
            decider_roles=tuple(json.loads(item.get("decider_roles", {}).get("S", "[]"))),
        )


def visible_query(key_condition: str, values: Mapping[str, str]) -> dict[str, Any]:
    """Arguments of a query that reads what may be read.

    Args:
        key_condition: In ``pk`` and ``sk``.
        values: Placeholder to string.
    """
    return {
        "KeyConditionExpression": key_condition,
        "ExpressionAttributeValues": {name: {"S": value} for name, value in values.items()},
        # "state" is a reserved word of DynamoDB.
        "ExpressionAttributeNames": {f"#{name}": name for name in VISIBLE},
        "ProjectionExpression": ", ".join(f"#{name}" for name in VISIBLE),
        "Select": "SPECIFIC_ATTRIBUTES",
        "ConsistentRead": True,
    }
