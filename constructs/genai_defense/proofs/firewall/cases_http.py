"""Cases whose conversation is HTTP without TLS."""

from collections.abc import Iterator

from genai_defense.proofs.firewall.case import Build, Case, Cases, Outcome

_ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
_PASSES, _STOPPED, _BEGUN = Outcome.PASSES, Outcome.STOPPED, Outcome.BEGUN


def http_cases(cases: Cases) -> Iterator[Case]:
    """HTTP on its own port and on others."""
    names = cases.names
    if names.plain is None:
        yield cases.case("HTTP to the allowed host on port 80", 80, _asks(names.host), _STOPPED)
    else:
        yield from _open_port(cases, names.plain)
    yield cases.case("HTTP to the allowed host on port 443", 443, _asks(names.plain or names.host), _STOPPED)
    yield cases.case(
        "HTTP to the allowed host on port 8080", 8080, _asks(names.plain or names.host), _STOPPED
    )
    connect = b"CONNECT evil.example.net:443 HTTP/1.1\r\nHost: evil.example.net:443\r\n\r\n"
    shut = _STOPPED if names.plain is None else _BEGUN
    yield cases.case("CONNECT to another host on port 80", 80, _says(connect), shut)
    yield cases.case("CONNECT to another host on port 3128", 3128, _says(connect), _STOPPED)
    yield cases.case("CONNECT to another host on port 443", 443, _says(connect), _STOPPED)


def _open_port(cases: Cases, plain: str) -> Iterator[Case]:
    for what, host in (
        ("the allowed host", plain),
        ("the allowed host in capitals", plain.upper()),
        ("the allowed host with its port", f"{plain}:80"),
    ):
        yield cases.case(f"HTTP to {what} on port 80", 80, _asks(host), _PASSES)
    for what, host in (
        ("another host", "evil.example.net"),
        ("a look-alike", f"{plain}.evil.example.net"),
        ("a host that is allowed for TLS only", cases.names.host),
        ("an address", "203.0.113.9"),
    ):
        yield cases.case(f"HTTP to {what} on port 80", 80, _asks(host), _STOPPED)
    yield cases.case("HTTP/1.0 without host on port 80", 80, _says(b"GET / HTTP/1.0\r\n\r\n"), _BEGUN)
    yield cases.case("HTTP/1.1 without host on port 80", 80, _says(b"GET / HTTP/1.1\r\n\r\n"), _BEGUN)
    absolute = f"GET http://evil.example.net/ HTTP/1.1\r\nHost: {plain}\r\n\r\n".encode()
    yield cases.case(
        "HTTP whose address names another host than its Host header", 80, _says(absolute), _STOPPED
    )
    twice = f"GET / HTTP/1.1\r\nHost: evil.example.net\r\nHost: {plain}\r\n\r\n".encode()
    yield cases.case("HTTP with two Host headers", 80, _says(twice), _STOPPED)
    yield cases.case(
        "HTTP to another host, request split in two",
        80,
        lambda c: c.connect().ask(b"GET / HTTP/1.1\r\nHo", b"st: evil.example.net\r\n\r\n").answer(_ANSWER),
        _BEGUN,
    )
    yield cases.case(
        "HTTP to the allowed host, request split in two",
        80,
        lambda c: c.connect().ask(b"GET / HTTP/1.1\r\nHo", f"st: {plain}\r\n\r\n".encode()).answer(_ANSWER),
        _PASSES,
    )
    second = b"POST / HTTP/1.1\r\nHost: evil.example.net\r\nContent-Length: 4\r\n\r\ndata"
    yield cases.case(
        "a second request, to another host, on a connection that passed",
        80,
        lambda c: _asks(plain)(c).ask(second).answer(_ANSWER),
        _PASSES,
        limit="A connection that passed is not looked at again.",
    )


def _asks(host: str) -> Build:
    return _says(f"GET / HTTP/1.1\r\nHost: {host}\r\nUser-Agent: case\r\n\r\n".encode())


def _says(request: bytes) -> Build:
    return lambda c: c.connect().ask(request).answer(_ANSWER)
