"""Cases that are neither TLS nor HTTP."""

from collections.abc import Iterator

from genai_defense.proofs.firewall.case import Build, Case, Cases, Outcome
from genai_defense.proofs.firewall.conversation import Conversation

_DNS_QUERY = (
    bytes.fromhex("abcd01000001000000000000") + b"\x06secret\x04evil\x03net\x00" + b"\x00\x10\x00\x01"
)
_QUIC_INITIAL = bytes.fromhex("c300000001088394c8f03e515708000044d0") + b"Q" * 1182
_STOPPED = Outcome.STOPPED


def other_cases(cases: Cases) -> Iterator[Case]:
    """Other protocols, on their ports and on port 443."""
    yield from _tcp(cases)
    yield from _datagrams(cases)
    for name, protocol in (("IP in IP", 4), ("IPv6 in IPv4", 41), ("GRE", 47), ("ESP", 50), ("SCTP", 132)):
        yield cases.case(f"{name}, one way", 0, _carries(protocol), _STOPPED)


def _tcp(cases: Cases) -> Iterator[Case]:
    ssh = (b"SSH-2.0-OpenSSH_9.6\r\n", b"SSH-2.0-OpenSSH_9.6\r\n")
    for name, port, (ask, answer) in (
        ("SSH", 22, ssh),
        ("SSH on port 443", 443, ssh),
        ("raw TCP on port 4444", 4444, (b"secret " * 50, b"thanks")),
        ("raw TCP on port 443", 443, (b"secret " * 50, b"thanks")),
        ("raw TCP on port 80", 80, (b"secret " * 50, b"thanks")),
        ("one byte of raw TCP on port 443", 443, (b"s", b"t")),
        ("DNS over TCP", 53, (len(_DNS_QUERY).to_bytes(2, "big") + _DNS_QUERY, b"\0\x10" + b"A" * 16)),
        ("DNS over TLS", 853, (b"\x16\x03\x01\x00\x04\x01\0\0\0", b"\x15\x03\x03\0\x02\x02\x28")),
    ):
        yield cases.case(name, port, _says(ask, answer), _STOPPED)
    for name, port in (("SMTP", 25), ("SMTP on port 587", 587), ("SMTP on port 443", 443)):
        yield cases.case(name, port, _server_first(b"220 mail ESMTP\r\n", b"EHLO us\r\n"), _STOPPED)
    yield cases.case("FTP", 21, _server_first(b"220 FTP\r\n", b"USER us\r\n"), _STOPPED)


def _datagrams(cases: Cases) -> Iterator[Case]:
    for name, port, data in (
        ("DNS over UDP", 53, _DNS_QUERY),
        ("QUIC on UDP port 443", 443, _QUIC_INITIAL),
        ("NTP", 123, b"\x1b" + bytes(47)),
        ("raw UDP", 4444, b"secret " * 50),
    ):
        yield cases.case(f"{name}, one way", port, _datagram(data, answered=False), _STOPPED)
        yield cases.case(f"{name}, answered", port, _datagram(data, answered=True), _STOPPED)
    yield cases.case(
        "UDP from outside to us", 53, _datagram(b"hello", answered=False), _STOPPED, inwards=True
    )
    yield cases.case("ICMP echo with data", 0, lambda c: c.ping(b"secret " * 50), _STOPPED)
    yield cases.case("ICMP echo from outside to us", 0, lambda c: c.ping(b"hello"), _STOPPED, inwards=True)


def _says(ask: bytes, answer: bytes) -> Build:
    return lambda c: c.connect().ask(ask).answer(answer)


def _server_first(banner: bytes, ask: bytes) -> Build:
    return lambda c: c.connect().answer(banner).ask(ask).answer(b"250 go on\r\n")


def _datagram(data: bytes, *, answered: bool) -> Build:
    def build(c: Conversation) -> Conversation:
        sent = c.datagram(data)
        return sent.datagram(data, to_server=False).datagram(data) if answered else sent

    return build


def _carries(protocol: int) -> Build:
    return lambda c: c.raw(protocol, b"secret " * 50)
