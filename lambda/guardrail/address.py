"""From which address a request came. What a client writes about itself counts for nothing."""

from __future__ import annotations

import ipaddress
from enum import StrEnum
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Mapping


class SeenBy(StrEnum):
    """Who saw the client."""

    API = "api"
    DISTRIBUTION = "distribution"


_HOPS = 2


def address_of(event: object, seen_by: SeenBy) -> str | None:
    """The client's address; None when it cannot be told.

    API Gateway appends the address of whoever connects to ``X-Forwarded-For``, and says it as ``sourceIp``.
    Behind a distribution that is CloudFront, which itself has appended the viewer's: the last but one. What
    stands before these two is the client's own invention. That the request did come through the distribution
    is what the API's web ACL has made sure of.

    Args:
        event: API Gateway's proxy event.
        seen_by: ``API`` when clients call it directly, ``DISTRIBUTION`` when they cannot.
    """
    text = _source(event) if seen_by is SeenBy.API else _last_but_one(event)
    try:
        return ipaddress.ip_address(text).compressed
    except ValueError:
        return None


def _source(event: object) -> str:
    return str(_part(_part(event, "requestContext"), "identity").get("sourceIp"))


def _last_but_one(event: object) -> str:
    named = [value for name, value in _part(event, "headers").items() if name.lower() == "x-forwarded-for"]
    hops = [hop.strip() for hop in str(named[0] if len(named) == 1 else "").split(",")]
    return hops[-_HOPS] if len(hops) >= _HOPS else ""


def _part(value: object, name: str) -> Mapping[str, Any]:
    found = cast("Mapping[str, Any]", value).get(name) if isinstance(value, dict) else None
    return cast("Mapping[str, Any]", found) if isinstance(found, dict) else {}
