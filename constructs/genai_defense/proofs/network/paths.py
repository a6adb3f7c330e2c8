"""Every way from a subnet to the outside, and the way by which answers come back."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from genai_defense.checks.values import Reference
from genai_defense.proofs.network.hop import Hop, HopKind
from genai_defense.proofs.network.routes import Routes
from genai_defense.proofs.network.workloads import balanced_subnets, workload_subnets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from genai_defense.checks.template_graph import Resource, TemplateGraph

_MOST_HOPS = 12
_MOST_WAYS = 1000


@dataclass(frozen=True)
class Way:
    """One way out of a subnet.

    Attributes:
        hops: The hops, the last of which leads out, is not known, or closes a circle.
        circle: Whether it comes back to a hop that it has passed, so that nothing gets out.
    """

    hops: tuple[Hop, ...]
    circle: bool = False

    @property
    def firewalls(self) -> tuple[str, ...]:
        """Names of the firewalls on it."""
        return tuple(hop.name for hop in self.hops if hop.kind is HopKind.FIREWALL)

    @property
    def is_known(self) -> bool:
        """Whether the templates say where it ends."""
        return self.hops[-1].kind is not HopKind.UNKNOWN

    def __str__(self) -> str:
        """The names of its hops."""
        return " -> ".join(hop.name for hop in self.hops)


class NetworkPaths:
    """Follows the routes of one deployment, hop by hop.

    What a route leads to counts as the outside unless it is a NAT gateway or a firewall: transit gateways,
    peered networks, VPNs, instances, prefix lists and routes of IPv6 too. Security groups and network ACLs
    are not asked; they could only close a way, never open one.

    Args:
        graph: The templates of one deployment.
    """

    def __init__(self, graph: TemplateGraph) -> None:
        self.routes = Routes(graph)
        walls, nats = self.routes.served_by()
        workloads = set(workload_subnets(graph))
        served = {*walls, *nats, *balanced_subnets(graph)} - workloads
        self.application_subnets = [subnet for subnet in self.routes.subnets if subnet not in served]

    def ways_out(self, subnet: Resource) -> list[Way]:
        """Every way from a subnet to the outside; no way is an empty list.

        Args:
            subnet: Where it begins.
        """
        ways = list(islice(self._follow(subnet, ()), _MOST_WAYS))
        if len(ways) == _MOST_WAYS:
            ways.append(Way((Hop(HopKind.UNKNOWN, f"more than {_MOST_WAYS} ways"),)))
        return ways

    def way_back(self, subnet: Resource, way: Way) -> tuple[str, ...]:
        """The firewalls that answers meet, from the last gateway over the NAT gateways to the subnet.

        Args:
            subnet: Where the way began.
            way: One of its ways out.
        """
        nats = [hop.places[0] for hop in way.hops if hop.kind is HopKind.NAT and hop.places]
        stations = [*way.hops[-1].places[:1], *reversed(nats)]
        met: list[str] = []
        for here, goal in zip(stations, [*stations[1:], subnet], strict=True):
            met.extend(self._met(here, goal))
        return tuple(met)

    def around(self, subnet: Resource) -> list[Way]:
        """The known ways out of a subnet that meet no firewall."""
        return [way for way in self.ways_out(subnet) if way.is_known and not way.circle and not way.firewalls]

    def one_sided(self, subnet: Resource) -> list[tuple[Way, tuple[str, ...]]]:
        """The ways through a firewall whose answers do not come back through it, and what these meet."""
        found = [
            (way, self.way_back(subnet, way))
            for way in self.ways_out(subnet)
            if way.is_known and not way.circle and way.firewalls
        ]
        return [(way, back) for way, back in found if back != tuple(reversed(way.firewalls))]

    def unknown(self, subnet: Resource) -> list[str]:
        """Why nobody knows some of the ways out of a subnet."""
        reasons = [f"{subnet.logical_id} -> {way}" for way in self.ways_out(subnet) if not way.is_known]
        return [*filter(None, [self.routes.unknown_table(subnet)]), *reasons]

    def _follow(self, place: Resource, way: tuple[Hop, ...]) -> Iterator[Way]:
        for hop in self.routes.leaving(place):
            if hop in way or len(way) >= _MOST_HOPS:
                yield Way((*way, hop), circle=True)
            elif hop.kind in {HopKind.OUTSIDE, HopKind.UNKNOWN}:
                yield Way((*way, hop))
            elif not hop.places:
                yield Way((*way, hop, Hop(HopKind.UNKNOWN, "subnets that no template declares")))
            else:
                for following in hop.places:
                    yield from self._follow(following, (*way, hop))

    def _met(self, here: Resource, goal: Resource) -> Iterator[str]:
        seen: set[str] = set()
        while here is not goal:
            hop = self.routes.towards(here, goal)
            if hop is None or hop.name in seen:
                return
            seen.add(hop.name)
            yield hop.name
            if not hop.places or hop.kind is not HopKind.FIREWALL:
                return
            here = hop.places[0]


def vpc_of(subnet: Resource) -> Resource | None:
    """The network of a subnet, if the graph has it."""
    vpc = subnet.get("VpcId")
    return vpc.resource if isinstance(vpc, Reference) else None
