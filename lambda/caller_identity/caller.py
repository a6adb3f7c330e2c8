"""A strict reading of the claims: what is not exactly as Cognito writes it names nobody."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, cast

_USER_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,128}")
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
_ROLE: Final = "role-"
_TENANT: Final = "tenant-"
_MAX_GROUPS: Final = 100
"""In how many groups a user may be (Cognito quotas, read 2026-11-24)."""
_MAX_CLAIM_CHARS: Final = _MAX_GROUPS * 129
"""As many names of 128 characters, and what parts them."""


class IdentityError(Exception):
    """The claims name no user, or not one tenant; the text repeats nothing of them."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody whose token was verified.

    Args:
        user_id: Cognito subject, 1 to 128 characters of A-Z, a-z, 0-9, ``_`` and ``-``.
        roles: From the groups ``role-<name>``, without the prefix, sorted, each once.
        tenant: From the group ``tenant-<name>``, without the prefix; None without such a group.
    """

    user_id: str
    roles: tuple[str, ...] = ()
    tenant: str | None = None


def caller_of(event: object) -> Caller:
    """The caller of a proxy event of API Gateway.

    Groups with another prefix say nothing here and are passed over: pools have groups of their own, and
    Cognito makes one for each identity provider.

    Args:
        event: The event, of any shape.

    Raises:
        IdentityError: There are no claims, the subject is no id, a role or tenant has a malformed name, there
            are too many groups, or two tenants.
    """
    claims = _claims(event)
    subject = claims.get("sub")
    if not isinstance(subject, str) or not _USER_ID.fullmatch(subject):
        raise IdentityError(
            "requestContext.authorizer.claims.sub is missing or no id. Allowed: a Cognito subject. "
            "Call the function through the API, with its authorizer."
        )
    groups = _groups(claims.get("cognito:groups"))
    tenants = _named(groups, _TENANT)
    if len(tenants) > 1:
        raise IdentityError(
            f"The user is in groups of {len(tenants)} tenants. Allowed: one. Leave the user in one of them."
        )
    return Caller(subject, _named(groups, _ROLE), tenants[0] if tenants else None)


def _claims(event: object) -> Mapping[str, object]:
    found = event
    for key in ("requestContext", "authorizer", "claims"):
        found = cast("Mapping[str, object]", found).get(key) if isinstance(found, Mapping) else None
    return cast("Mapping[str, object]", found) if isinstance(found, Mapping) else {}


def _groups(claim: object) -> list[str]:
    """The names: parted by commas as REST APIs write the claim, ``[a b]`` as HTTP APIs do, or a list."""
    if claim is None or claim == "":
        return []
    if isinstance(claim, str) and len(claim) <= _MAX_CLAIM_CHARS:
        bracketed = claim.startswith("[") and claim.endswith("]")
        # No Cognito group has a blank in its name.
        groups: list[object] = [*(claim[1:-1].split() if bracketed else claim.split(","))]
    elif isinstance(claim, list):
        groups = cast("list[object]", claim)
    else:
        raise IdentityError("cognito:groups is no list of names. Allowed: names parted by commas.")
    names = [group for group in groups if isinstance(group, str)]
    if len(names) != len(groups) or len(names) > _MAX_GROUPS:
        raise IdentityError(f"cognito:groups is no list of at most {_MAX_GROUPS} names.")
    return names


def _named(groups: list[str], prefix: str) -> tuple[str, ...]:
    """What stands behind the prefix, of the groups that have it."""
    names = {group.removeprefix(prefix) for group in groups if group.startswith(prefix)}
    if not all(_NAME.fullmatch(name) for name in names):
        raise IdentityError(
            f"A group {prefix}… has a malformed name. Allowed: {_NAME.pattern} behind the prefix. "
            "Rename the group."
        )
    return tuple(sorted(names))
