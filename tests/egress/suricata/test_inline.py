"""The same rules between real clients and a real server: nobody between, then a queue, then Suricata."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from tests.egress.suricata.clients import allowed_clients, answered, refused_clients
from tests.egress.suricata.lane import Lane

_FROM_OUTSIDE = """
import socket
try:
    socket.create_connection(({address!r}, 8080), timeout=2)
    print("reached")
except OSError as error:
    print(type(error).__name__)
"""


@dataclass(frozen=True)
class Seen:
    """Who got an answer, what the server received, and whether the outside reached us.

    Attributes:
        answered: Names of the clients.
        received: The server's notes.
        from_outside: What a connection from the server's side came to.
    """

    answered: set[str]
    received: list[dict[str, Any]]
    from_outside: str


@dataclass(frozen=True)
class Stages:
    """The three stages, one after the other."""

    open: Seen
    held: Seen
    guarded: Seen


def _look(lane: Lane) -> Seen:
    lane.received()
    host = lane.names.host
    got = answered(lane, allowed_clients(host) | refused_clients(host))
    outside = lane.python("server", _FROM_OUTSIDE.format(address=lane.names.home))
    return Seen(got, lane.received(), outside)


@pytest.fixture(scope="module")
def stages(lane: Lane) -> Stages:
    unguarded = _look(lane)
    lane.hold_packets()
    held = _look(lane)
    lane.start_engine()
    return Stages(unguarded, held, _look(lane))


@pytest.fixture
def clients(lane: Lane) -> Callable[[str], set[str]]:
    kinds = {"allowed": allowed_clients, "refused": refused_clients}
    return lambda kind: set(kinds[kind](lane.names.host))


def test_without_the_firewall_everybody_gets_an_answer(
    stages: Stages, clients: Callable[[str], set[str]]
) -> None:
    assert stages.open.answered == clients("allowed") | clients("refused")
    assert stages.open.from_outside == "ConnectionRefusedError", "our host itself answered"


def test_while_the_engine_is_down_nobody_gets_through(stages: Stages) -> None:
    assert stages.held.answered == set()
    assert stages.held.received == []
    assert stages.held.from_outside == "TimeoutError"


def test_with_the_firewall_only_the_allowed_host_answers(
    stages: Stages, clients: Callable[[str], set[str]]
) -> None:
    assert stages.guarded.answered == clients("allowed")


def test_a_datagram_that_asks_for_no_answer_does_not_leave_either(stages: Stages) -> None:
    assert [note for note in stages.open.received if note["port"] == 53] != []
    assert [note for note in stages.guarded.received if note["port"] == 53] == []


def test_not_one_byte_of_what_is_refused_arrives(stages: Stages) -> None:
    arrived = {note["port"] for note in stages.guarded.received if note.get("bytes")}
    assert arrived == {443}
    requests = [note["request"] for note in stages.guarded.received if note.get("request")]
    assert len(requests) == 2, "the two that curl sent to the allowed host"
    assert any("evil.example.net" in request for request in requests), "domain fronting"


def test_nobody_outside_opens_a_connection_to_us(stages: Stages) -> None:
    assert stages.guarded.from_outside == "TimeoutError"


def test_both_ways_are_held_by_one_engine(lane: Lane, stages: Stages) -> None:
    """A server that talks first reaches nobody, so what comes back is looked at, too."""
    assert "a server that talks first" in stages.open.answered
    assert "a server that talks first" not in stages.guarded.answered
    rules = lane.on("wall", "iptables", "-S", "FORWARD").stdout
    assert rules.count("NFQUEUE") == 1
    assert "bypass" not in rules
