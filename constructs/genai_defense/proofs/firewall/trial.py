"""All cases against one synthesized firewall, in one run of the engine."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from genai_defense.proofs.firewall.aws_model import configuration, engine_rules
from genai_defense.proofs.firewall.case import Case, Cases, Names, Outcome, outcomes
from genai_defense.proofs.firewall.cases_http import http_cases
from genai_defense.proofs.firewall.cases_other import other_cases
from genai_defense.proofs.firewall.cases_tls import tls_cases
from genai_defense.proofs.firewall.engine import Suricata
from genai_defense.proofs.firewall.template import FirewallRules


@dataclass(frozen=True)
class Tried:
    """What a firewall did with one case.

    Attributes:
        case: The case.
        outcome: What was done.
        reason: What the rule that decided first says; empty where nothing was dropped.
    """

    case: Case
    outcome: Outcome
    reason: str

    @property
    def as_expected(self) -> bool:
        """Whether the firewall kept its promise."""
        return self.outcome is self.case.expected


def cases_for(firewall: FirewallRules) -> list[Case]:
    """Every case that can be asked about a firewall.

    Args:
        firewall: A synthesized firewall.
    """
    return list(_cases(Cases(Names.of(firewall))))


def try_all(firewall: FirewallRules, folder: Path, *, default_actions: bool = True) -> list[Tried]:
    """Send every case through Suricata with the firewall's rules.

    Args:
        firewall: A synthesized firewall.
        folder: An empty folder for the engine.
        default_actions: False leaves out the model of AWS's default actions.
    """
    cases = cases_for(firewall)
    engine = Suricata(
        folder,
        configuration=configuration(firewall.home_networks),
        rules=engine_rules(firewall, default_actions=default_actions),
    )
    engine.check()
    dropped = engine.judge([packet for case in cases for packet in case.packets])
    return [Tried(*found) for found in outcomes(cases, dropped)]


def _cases(cases: Cases) -> Iterator[Case]:
    yield from tls_cases(cases)
    yield from http_cases(cases)
    yield from other_cases(cases)
