"""Every way from a subnet to the outside, and the way by which answers come back."""

from collections.abc import Iterator, Mapping
from typing import Any

from genai_defense.proofs.network.routes import Routes

Path = tuple[str, ...]
_OUTSIDE = "outside"


class NetworkPaths:
    """Follows the routes of one template, hop by hop.

    A target that the template does not explain counts as the outside: what cannot be followed is a way out.
    Security groups and network ACLs are not asked; they could only close a way, never open one.

    Args:
        template: A synthesized template with one VPC, its subnets and all their routes.
    """

    def __init__(self, template: Mapping[str, Any]) -> None:
        self._routes = Routes(template)

    @property
    def application_subnets(self) -> list[str]:
        """The logical ids of the subnets that are neither a firewall's nor a NAT gateway's."""
        return self._routes.application_subnets

    def zone_of(self, subnet: str) -> str:
        """The zone in which a subnet stands."""
        return str(self._routes.subnets[subnet]["AvailabilityZone"])

    def ways_out(self, subnet: str) -> list[Path]:
        """Every way from a subnet to the outside, as the hops on it.

        Args:
            subnet: Logical id of the subnet.

        Returns:
            Hops such as `firewall us-east-1a`, `nat EgressNat1`, `outside`; no way is an empty list.
        """
        return list(self._follow(subnet, ()))

    def way_back(self, subnet: str, way: Path) -> Path:
        """The way of the answers to what took a way out: from its last NAT gateway to the subnet.

        Args:
            subnet: Logical id of the subnet.
            way: One of its ways out.

        Returns:
            The firewalls on it; empty when answers go straight to the subnet.
        """
        standing = [place for _, place in self._places(subnet, way) if place is not None]
        here, hops = (standing[-1] if standing else subnet), list[str]()
        while here != subnet:
            route = self._routes.towards(here, subnet)
            if route is None:
                break
            hop, place = self._routes.next_hop(route)
            if place is None or hop in hops:
                return (*hops, hop)
            hops.append(hop)
            here = place
        return tuple(hops)

    def avoiding(self) -> dict[str, list[Path]]:
        """The subnets that can go round their own zone's firewall, with the ways on which they can.

        A way counts when the firewall of the subnet's own zone is not its first hop, when it meets another
        firewall, or when its answers come back without that firewall, or through another one.
        """
        found: dict[str, list[Path]] = {}
        for subnet in self.application_subnets:
            wall = (f"firewall {self.zone_of(subnet)}",)
            wrong = [
                way
                for way in self.ways_out(subnet)
                if way[:1] != wall or _firewalls(way) != wall or self.way_back(subnet, way) != wall
            ]
            if wrong:
                found[subnet] = wrong
        return found

    def _follow(self, subnet: str, way: Path) -> Iterator[Path]:
        for route in self._routes.leaving(subnet):
            hop, place = self._routes.next_hop(route)
            if place is None or hop in way:
                yield (*way, _OUTSIDE if place is None else f"loop at {hop}")
            else:
                yield from self._follow(place, (*way, hop))

    def _places(self, subnet: str, way: Path) -> Iterator[tuple[str, str | None]]:
        here = subnet
        for wanted in way:
            for route in self._routes.leaving(here):
                hop, place = self._routes.next_hop(route)
                if hop == wanted:
                    yield hop, place
                    here = place or here
                    break


def _firewalls(way: Path) -> Path:
    return tuple(hop for hop in way if hop.startswith("firewall "))
