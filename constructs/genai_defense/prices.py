"""What AWS charges, one constant a price: what shows or adds up costs reads them here.

List prices of US East (N. Virginia) without tax, discount and free tier. AWS changes them; each says how it
was read. Nothing here asks AWS for them.
"""

from dataclasses import dataclass

HOURS_PER_MONTH = 730
"""What AWS's own calculator takes for a month."""


@dataclass(frozen=True, kw_only=True)
class Price:
    """One price.

    Attributes:
        usd: US dollars for one unit.
        unit: What is paid for, such as `endpoint hour`.
        source: AWS's page.
        read: How and when the figure was read.
    """

    usd: float
    unit: str
    source: str
    read: str


_TRANSCRIPT = "2026-09-20, from a transcript of the page"
_QUOTED = "2026-11-24, from third parties that quote the page; the page was not opened"

NETWORK_FIREWALL_ENDPOINT = Price(
    usd=0.395,
    unit="endpoint hour",
    source="https://aws.amazon.com/network-firewall/pricing/",
    read=_QUOTED,
)
NETWORK_FIREWALL_TRAFFIC = Price(
    usd=0.065, unit="GB", source="https://aws.amazon.com/network-firewall/pricing/", read=_QUOTED
)
NAT_GATEWAY = Price(
    usd=0.045, unit="gateway hour", source="https://aws.amazon.com/vpc/pricing/", read=_TRANSCRIPT
)
PUBLIC_ADDRESS = Price(
    usd=0.005, unit="IPv4 address hour", source="https://aws.amazon.com/vpc/pricing/", read=_QUOTED
)
DNS_FIREWALL_NAME = Price(
    usd=0.0005,
    unit="domain name month",
    source="https://aws.amazon.com/route53/pricing/",
    read=_TRANSCRIPT,
)
