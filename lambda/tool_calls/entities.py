"""Who asks and what for, in the terms of the Cedar schema (`constructs/genai_defense/application/cedar/`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mypy_boto3_verifiedpermissions.type_defs import (
        AttributeValueTypeDef,
        ContextDefinitionTypeDef,
        EntityIdentifierTypeDef,
        EntityItemTypeDef,
    )

NAMESPACE: Final = "GenAiDefense"


def _identifier(kind: str, name: str) -> EntityIdentifierTypeDef:
    return {"entityType": f"{NAMESPACE}::{kind}", "entityId": name}


def _tenant(tenant: str | None) -> dict[str, AttributeValueTypeDef]:
    """The attribute; left out where there is none, so that no policy that compares tenants can permit."""
    return {} if tenant is None else {"tenant": {"entityIdentifier": _identifier("Tenant", tenant)}}


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who signed in.

    Args:
        user_id: Cognito subject.
        roles: Roles out of the verified token.
        tenant: Tenant out of the verified token; None belongs to none.
    """

    user_id: str
    roles: tuple[str, ...]
    tenant: str | None

    @property
    def identifier(self) -> EntityIdentifierTypeDef:
        """Its entity."""
        return _identifier("User", self.user_id)

    @property
    def entity(self) -> EntityItemTypeDef:
        """With its tenant, below its roles."""
        return {
            "identifier": self.identifier,
            "attributes": _tenant(self.tenant),
            "parents": [_identifier("Role", role) for role in self.roles],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderResource:
    """An order.

    Args:
        order_id: Its id.
        tenant: Whose it is; None when there is no such order, which the policies treat like another's.
    """

    order_id: str
    tenant: str | None

    @property
    def identifier(self) -> EntityIdentifierTypeDef:
        """Its entity."""
        return _identifier("Order", self.order_id)

    @property
    def entity(self) -> EntityItemTypeDef:
        """With its tenant."""
        return {"identifier": self.identifier, "attributes": _tenant(self.tenant), "parents": []}


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalResource:
    """An action that waits for a human.

    Args:
        approval_id: Its id.
        tenant: Tenant of who asked for it.
        requester: Who asked for it.
    """

    approval_id: str
    tenant: str
    requester: str

    @property
    def identifier(self) -> EntityIdentifierTypeDef:
        """Its entity."""
        return _identifier("Approval", self.approval_id)

    @property
    def entity(self) -> EntityItemTypeDef:
        """With its tenant and requester."""
        attributes = _tenant(self.tenant)
        attributes["requester"] = {"entityIdentifier": _identifier("User", self.requester)}
        return {"identifier": self.identifier, "attributes": attributes, "parents": []}


def context_of(values: Mapping[str, str | int]) -> ContextDefinitionTypeDef:
    """Arguments as Cedar reads them: whole numbers as long, the rest as string."""
    return {"contextMap": {name: _value(value) for name, value in values.items()}}


def _value(value: str | int) -> AttributeValueTypeDef:
    return {"long": value} if isinstance(value, int) else {"string": value}
