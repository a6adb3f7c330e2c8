"""Cases whose conversation opens as TLS, or looks as if."""

from collections.abc import Iterator

from genai_defense.proofs.firewall.case import Build, Case, Cases, Outcome
from genai_defense.proofs.firewall.conversation import Conversation
from genai_defense.proofs.firewall.tls import (
    ENCRYPTED_CLIENT_HELLO,
    ENCRYPTED_SERVER_NAME,
    PRE_SHARED_PADDING,
    application_data,
    client_hello,
    server_hello,
    two_names,
)

_POST_QUANTUM_KEY_SHARE = (0x7A7A, b"Q" * 1184)
_PASSES, _STOPPED, _BEGUN = Outcome.PASSES, Outcome.STOPPED, Outcome.BEGUN


def tls_cases(cases: Cases) -> Iterator[Case]:
    """TLS to what is allowed, to what is not, and in disguise."""
    host, parent = cases.names.host, cases.names.parent
    yield _tls(cases, "TLS to the allowed host", _PASSES, host)
    yield _tls(cases, "the same in capitals", _PASSES, host.upper())
    yield _in_parts(cases, "the same, greeting split in two", _PASSES, client_hello(host), 40)
    yield _in_parts(cases, "the same, greeting in 16-byte packets", _PASSES, client_hello(host), 16)
    large = client_hello(host, _POST_QUANTUM_KEY_SHARE, (PRE_SHARED_PADDING, bytes(300)))
    yield _in_parts(cases, "the same, post-quantum greeting in two packets", _PASSES, large, 1400)
    if parent is not None:
        yield _tls(cases, "TLS to a subdomain of an allowed domain", _PASSES, f"a.b.{parent}")
        yield _tls(cases, "TLS to the allowed domain itself", _STOPPED, parent)
        yield _tls(cases, "TLS to a look-alike of the allowed domain", _STOPPED, f"evil{parent}")
    for what, name in (
        ("another host", "evil.example.net"),
        ("a host with the allowed one at its end", f"x{host}"),
        ("a host with the allowed one at its start", f"{host}.evil.example.net"),
        ("a subdomain of the allowed host", f"a.{host}"),
        ("the allowed host's parent", host.split(".", 1)[1]),
        ("the allowed host with a trailing dot", f"{host}."),
        ("an address instead of a name", "203.0.113.9"),
        ("an empty name", ""),
    ):
        yield _tls(cases, f"TLS to {what}", _STOPPED, name)
    yield _tls(cases, "TLS without host name", _STOPPED, None)
    hidden = client_hello(None, (ENCRYPTED_SERVER_NAME, b"H" * 200))
    yield _tls_greeting(cases, "TLS with an encrypted host name (ESNI) only", _STOPPED, hidden)
    hidden = client_hello("front.example.net", (ENCRYPTED_CLIENT_HELLO, b"H" * 200))
    yield _tls_greeting(cases, "encrypted greeting (ECH) behind another name", _STOPPED, hidden)
    yield from _disguised(cases)
    yield from _limits(cases)


def _disguised(cases: Cases) -> Iterator[Case]:
    host = cases.names.host
    other = client_hello("evil.example.net")
    yield _in_parts(cases, "TLS to another host, greeting split in two", _BEGUN, other, 40)
    endless = client_hello("evil.example.net", (PRE_SHARED_PADDING, bytes(12_000)))
    yield _in_parts(cases, "greeting of 12 KB to another host", _BEGUN, endless, 1000)
    fake = b"\x16\x03\x01\x3f\xff" + b"X" * 9000
    yield _in_parts(cases, "other data that opens like TLS", _BEGUN, fake, 1000)
    yield cases.case("TLS to the allowed host on port 8443", 8443, _greets(client_hello(host)), _STOPPED)
    yield cases.case(
        "TLS to the allowed host, connection never opened",
        443,
        lambda c: c.ask(client_hello(host)).answer(server_hello()),
        _STOPPED,
    )
    yield cases.case("TLS from outside to us", 443, _greets(client_hello(host)), _STOPPED, inwards=True)


def _limits(cases: Cases) -> Iterator[Case]:
    host = cases.names.host
    yield _tls_greeting(
        cases,
        "TLS to the allowed host with a zero byte and more after it",
        _PASSES,
        client_hello(f"{host}\0.evil.example.net"),
        limit="The engine reads a name up to its first zero byte; no server answers to such a name, so it "
        "gives no more than domain fronting does.",
    )
    yield cases.case(
        "domain fronting: the allowed name in the greeting, another server behind the address",
        443,
        _greets(client_hello(host)),
        _PASSES,
        limit="The firewall reads the name that the client says; it does not check who answers, nor the "
        "Host header inside.",
    )
    hidden = client_hello(host, (ENCRYPTED_CLIENT_HELLO, b"H" * 200))
    yield _tls_greeting(
        cases,
        "encrypted greeting (ECH) behind the allowed name",
        _PASSES,
        hidden,
        limit="The true name is encrypted; only the outer one is seen.",
    )
    yield cases.case(
        "something else after an allowed greeting",
        443,
        lambda c: _greets(client_hello(host))(c).ask(b"anything " * 100).answer(b"anything"),
        _PASSES,
        limit="A connection that passed is not looked at again.",
    )
    yield _tls_greeting(
        cases,
        "greeting with two names, the allowed one first",
        _PASSES,
        two_names(host, "evil.example.net"),
        limit="The first name counts; RFC 6066 forbids a second one, and servers refuse it.",
    )
    yield _tls_greeting(
        cases,
        "greeting with two names, the allowed one last",
        _STOPPED,
        two_names("evil.example.net", host),
    )


def _greets(greeting: bytes) -> Build:
    return lambda c: (
        c.connect().ask(greeting).answer(server_hello()).ask(application_data()).answer(application_data())
    )


def _tls(cases: Cases, name: str, expected: Outcome, host: str | None) -> Case:
    return _tls_greeting(cases, name, expected, client_hello(host))


def _tls_greeting(cases: Cases, name: str, expected: Outcome, greeting: bytes, *, limit: str = "") -> Case:
    return cases.case(name, 443, _greets(greeting), expected, limit=limit)


def _in_parts(cases: Cases, name: str, expected: Outcome, greeting: bytes, size: int) -> Case:
    parts = [greeting[start : start + size] for start in range(0, len(greeting), size)]

    def build(c: Conversation) -> Conversation:
        return c.connect().ask(*parts).answer(server_hello()).ask(application_data())

    return cases.case(name, 443, build, expected)
