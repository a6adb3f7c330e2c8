"""What a case is: a conversation, what the firewall is expected to do with it, and what it did."""

import ipaddress
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import count
from typing import Self

from genai_defense.proofs.firewall.conversation import Conversation
from genai_defense.proofs.firewall.engine import Dropped
from genai_defense.proofs.firewall.packets import Ends, Packet
from genai_defense.proofs.firewall.template import FirewallRules, NotEvaluableError

MOST_BYTES_UNANSWERED = 4096
"""So much of a greeting may leave before the firewall knows the host."""
_FIRST_PORT = 20_000
_HOST_NUMBER = 10
_EXACT_TLS = re.compile(r'^pass tls .* tls\.sni; content:"([^"]+)"; startswith; endswith;', re.MULTILINE)
_PARENT_TLS = re.compile(r'^pass tls .* tls\.sni; content:"\.([^"]+)"; endswith;', re.MULTILINE)
_EXACT_HTTP = re.compile(r'^pass http .* http\.host; content:"([^"]+)"; startswith; endswith;', re.MULTILINE)


class Outcome(StrEnum):
    """What a firewall did with a conversation."""

    PASSES = "passes"
    STOPPED = "stopped"
    BEGUN = "begun"
    BROKEN = "broken"

    @property
    def meaning(self) -> str:
        """In words."""
        return {
            Outcome.PASSES: "every packet went through, both ways",
            Outcome.STOPPED: "not one byte went through, either way",
            Outcome.BEGUN: f"up to {MOST_BYTES_UNANSWERED} bytes left, none came back",
            Outcome.BROKEN: "some bytes went through, some did not",
        }[self]


@dataclass(frozen=True)
class Names:
    """What a firewall allows, as far as the cases ask about it.

    Attributes:
        home: An address of ours.
        host: A host that TLS may reach, and none below it.
        parent: A domain whose subdomains TLS may reach; None where no domain is allowed that way.
        plain: A host that HTTP on port 80 may reach; None where port 80 is shut.
    """

    home: str
    host: str
    parent: str | None = None
    plain: str | None = None

    @classmethod
    def of(cls, firewall: FirewallRules) -> Self:
        """Read from a firewall's own rules which names the cases can ask about.

        Args:
            firewall: A synthesized firewall.

        Raises:
            NotEvaluableError: No host is allowed by its full name, so there is nothing to take as such.
        """
        exact = _EXACT_TLS.findall(firewall.rules)
        parents = _PARENT_TLS.findall(firewall.rules)
        plain = _EXACT_HTTP.findall(firewall.rules)
        alone = [
            host for host in exact if host not in plain and not any(host.endswith(f".{p}") for p in parents)
        ]
        if not alone:
            raise NotEvaluableError("no rule passes TLS to a host by its full name")
        network = ipaddress.IPv4Network(firewall.home_networks[0])
        return cls(
            home=str(network[_HOST_NUMBER]),
            host=alone[0],
            parent=parents[0] if parents else None,
            plain=plain[0] if plain else None,
        )


@dataclass(frozen=True)
class Case:
    """One conversation and its promised outcome.

    Attributes:
        name: What is tried.
        packets: What would be said if nobody stood between.
        expected: What the firewall promises.
        limit: Why it passes although it should not; empty where nothing is wrong with it.
    """

    name: str
    packets: tuple[Packet, ...]
    expected: Outcome
    limit: str = ""


Build = Callable[[Conversation], Conversation]


class Cases:
    """Makes cases with an address and a port of their own each, so that one capture holds them all.

    Args:
        names: What the firewall allows.
        server: Where everything goes.
    """

    def __init__(self, names: Names, *, server: str = "203.0.113.9") -> None:
        self.names = names
        self._server = server
        self._ports = count(_FIRST_PORT)

    def case(
        self,
        name: str,
        port: int,
        build: Build,
        expected: Outcome,
        *,
        limit: str = "",
        inwards: bool = False,
    ) -> Case:
        """Write one case.

        Args:
            name: What is tried.
            port: The server's port.
            build: Says what is said.
            expected: What the firewall promises.
            limit: Why it passes although it should not.
            inwards: Whether the client is outside and the server ours.
        """
        ours, theirs = self.names.home, self._server
        client, server = (theirs, ours) if inwards else (ours, theirs)
        ends = Ends(client, next(self._ports), server, port)
        return Case(name, tuple(build(Conversation(ends)).packets), expected, limit)


def outcomes(cases: Iterable[Case], dropped: Dropped) -> Iterator[tuple[Case, Outcome, str]]:
    """Each case with what was done with it, and the rule that decided first.

    Args:
        cases: The cases, in the order in which their packets were judged.
        dropped: What the engine dropped of them all.
    """
    first = 0
    for case in cases:
        gone = [first + n in dropped.numbers for n in range(len(case.packets))]
        reason = next((dropped.reasons[first + n] for n, lost in enumerate(gone) if lost), "")
        yield case, _outcome(case.packets, gone), reason
        first += len(case.packets)


def _outcome(packets: tuple[Packet, ...], gone: list[bool]) -> Outcome:
    if not any(gone):
        return Outcome.PASSES
    there, back = (
        sum(
            packet.payload
            for packet, lost in zip(packets, gone, strict=True)
            if packet.to_server is way and not lost
        )
        for way in (True, False)
    )
    if back:
        return Outcome.BROKEN
    if not there:
        return Outcome.STOPPED
    return Outcome.BEGUN if there <= MOST_BYTES_UNANSWERED else Outcome.BROKEN
