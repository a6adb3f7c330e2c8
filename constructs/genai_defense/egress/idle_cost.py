"""What each egress mode costs while nobody chats."""

from dataclasses import dataclass

from genai_defense.prices import (
    HOURS_PER_MONTH,
    NAT_GATEWAY,
    NETWORK_FIREWALL_ENDPOINT,
    PUBLIC_ADDRESS,
    Price,
)

_BY_THE_HOUR = (NETWORK_FIREWALL_ENDPOINT, NAT_GATEWAY, PUBLIC_ADDRESS)


@dataclass(frozen=True)
class IdleCost:
    """What is paid by the month, whether or not a byte goes out.

    Attributes:
        amounts: Each price, and how often it is paid in a month.
    """

    amounts: tuple[tuple[Price, int], ...]

    @property
    def usd(self) -> float:
        """US dollars a month, at list prices."""
        return sum(price.usd * number for price, number in self.amounts)

    @property
    def shown(self) -> str:
        """For a person."""
        return f"about {self.usd:,.2f} USD a month while idle (list prices of us-east-1)"


def idle_cost(*, zones: int, inspected: bool) -> IdleCost:
    """Add up what the way out costs, or having none.

    AWS credits NAT gateway hours against firewall endpoint hours in the same account; the figure is without
    that, so it is the most that is paid.

    Args:
        zones: How many zones the network stands in.
        inspected: Whether there is a way out: a firewall endpoint and a NAT gateway with its address in each
            zone. The DNS firewall of both modes costs a fraction of a cent for each name, and is left out.
    """
    hours = HOURS_PER_MONTH * zones if inspected else 0
    return IdleCost(tuple((price, hours) for price in _BY_THE_HOUR if hours))
