"""The page docs/egress.md: what the modes cost, what becomes of traffic, and what nobody sees."""

import json
from collections.abc import Iterator
from pathlib import Path

from genai_defense import prices
from genai_defense.egress.idle_cost import idle_cost
from genai_defense.markdown import table
from genai_defense.proofs.firewall import FirewallRules, Outcome, cases_for, firewalls_in

_ZONES = (2, 3)
_MODES = """\
The setting `network.egress` has two modes. `none`: no route leads out; functions reach AWS by private
endpoints. `inspected`: one way out, through AWS Network Firewall in the caller's zone, to the hosts of
`network.allowed_domains`. In both, the VPC resolves the allowed domains and its own endpoints only."""
_COSTS = """\
US dollars a month, at list prices of US East (N. Virginia), and at most: AWS credits hours of NAT
gateways against hours of firewall endpoints. The network stack says the figure of its settings in its
output `EgressCost`."""
_TRIAL = """\
The tests take the rules out of the synthesized template of `prod`, load them into Suricata 7 and send it
these conversations; real clients meet the same rules in network namespaces. `make firewall` does it again
and prints which rule decided. AWS's default actions and stream exception policy are a model of ours
(`proofs/firewall/aws_model.py`); no outcome needs the default actions."""
_MORE_LIMITS = f"""\
- Where the outcome is *begun*: {Outcome.BEGUN.meaning}, on every new connection, since the first packets
  of a greeting pass before they name a host.
- The firewall sees neither DNS through the VPC's resolver (the DNS firewall does) nor private endpoints
  (their policies decide).
- No AWS account was asked: the engine is the one that AWS uses, its configuration is what AWS describes."""


def egress_page(assembly: Path) -> Iterator[str]:
    """The parts of the page.

    Args:
        assembly: The assembly of a profile with inspected egress.
    """
    yield _MODES
    yield from _costs()
    (firewall,) = _firewalls(assembly)
    yield from _cases(firewall)


def _costs() -> Iterator[str]:
    yield "## What it costs while idle"
    yield _COSTS
    yield table(
        ["mode", *(f"{zones} zones" for zones in _ZONES)],
        [
            (
                f"`{mode}`",
                *(f"{idle_cost(zones=zones, inspected=mode == 'inspected').usd:,.2f}" for zones in _ZONES),
            )
            for mode in ("none", "inspected")
        ],
    )
    listed = [price for price in vars(prices).values() if isinstance(price, prices.Price)]
    yield table(
        ["price", "unit", "source"],
        [(f"{price.usd:g}", price.unit, f"<{price.source}> ({price.read})") for price in listed],
    )


def _cases(firewall: FirewallRules) -> Iterator[str]:
    cases = cases_for(firewall)
    yield "## What becomes of traffic"
    yield _TRIAL
    yield table(["outcome", "meaning"], [(f"*{o}*", o.meaning) for o in Outcome if o is not Outcome.BROKEN])
    yield table(["case", "outcome"], [(case.name, f"*{case.expected}*") for case in cases])
    yield "## Known limits"
    limits = [f"- {case.name}: {case.limit}" for case in cases if case.limit]
    yield "\n".join([*limits, _MORE_LIMITS])


def _firewalls(assembly: Path) -> Iterator[FirewallRules]:
    for path in sorted(assembly.glob("*.template.json")):
        yield from firewalls_in(json.loads(path.read_text())).values()
