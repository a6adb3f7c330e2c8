"""One turn of a conversation, as the guardrail function hands it over."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

if TYPE_CHECKING:
    from collections.abc import Mapping

_PATTERNS: Final = {
    "request_id": re.compile(r"[A-Za-z0-9_-]{1,128}"),
    # Also a session-tag value and a partition key, so nothing but an id may pass.
    "user_id": re.compile(r"[A-Za-z0-9_-]{1,128}"),
    "conversation_id": re.compile(r"[0-9a-f-]{36}"),
    "message": re.compile(r"(?s).{1,16000}"),
    "canary": re.compile(r"canary-[a-z]{16}"),
}
# The form of a role's and of a tenant's name, as lambda/caller_identity reads them.
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
_MAX_ROLES: Final = 100


class TurnError(ValueError):
    """The payload is not what the guardrail function sends; its text never repeats a value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A checked payload.

    Args:
        request_id: Id of the guardrail function's invocation.
        user_id: Cognito subject.
        conversation_id: Which conversation.
        message: Screened text of the user.
        canary: Marker for the system prompt.
        roles: The user's verified roles.
        tenant: The user's verified tenant; None without one.
    """

    request_id: str
    user_id: str
    conversation_id: str
    message: str
    canary: str
    roles: tuple[str, ...] = ()
    tenant: str | None = None

    @classmethod
    def from_payload(cls, payload: Mapping[str, object]) -> Turn:
        """Check every field.

        Raises:
            TurnError: A field is missing or has another form.
        """
        fields: dict[str, str] = {}
        for name, pattern in _PATTERNS.items():
            value = payload.get(name)
            if not isinstance(value, str) or not pattern.fullmatch(value):
                raise _malformed(name, pattern.pattern)
            fields[name] = value
        return cls(**fields, roles=_roles(payload.get("roles")), tenant=_tenant(payload))


def _malformed(name: str, allowed: str) -> TurnError:
    return TurnError(
        f"payload field {name!r} is missing or malformed. Allowed: {allowed}. "
        "Only the guardrail function may call this one."
    )


def _roles(value: object) -> tuple[str, ...]:
    names = cast("list[object]", value) if isinstance(value, list) else None
    if names is None or len(names) > _MAX_ROLES:
        raise _malformed("roles", f"a list of at most {_MAX_ROLES} names")
    roles = tuple(name for name in names if isinstance(name, str) and _NAME.fullmatch(name))
    if len(roles) != len(names):
        raise _malformed("roles", _NAME.pattern)
    return roles


def _tenant(payload: Mapping[str, object]) -> str | None:
    tenant = payload.get("tenant", False)
    if tenant is None or (isinstance(tenant, str) and _NAME.fullmatch(tenant)):
        return tenant
    raise _malformed("tenant", f"null, or {_NAME.pattern}")
