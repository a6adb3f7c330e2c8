"""Where a route leads."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from genai_defense.checks.template_graph import Resource


class HopKind(StrEnum):
    """What stands where a route leads."""

    FIREWALL = "firewall"
    NAT = "nat"
    OUTSIDE = "outside"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Hop:
    """A hop on a way out.

    Attributes:
        kind: What stands there.
        name: What a person calls it, such as `firewall Inspection in us-east-1a`; equal names are one hop.
        places: The subnets, or the gateway, whose routes decide about the next hop; none where nobody knows.
    """

    kind: HopKind
    name: str
    places: tuple[Resource, ...] = ()
