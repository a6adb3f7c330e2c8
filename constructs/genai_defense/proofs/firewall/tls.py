"""TLS greetings: what a client says before anything is encrypted."""

import struct

_HANDSHAKE, _CLIENT_HELLO, _SERVER_HELLO = 22, 1, 2
_TLS_1_2 = b"\x03\x03"
_SERVER_NAME, _SUPPORTED_GROUPS, _SIGNATURES, _VERSIONS, _KEY_SHARE = 0, 10, 13, 43, 51
ENCRYPTED_CLIENT_HELLO = 0xFE0D
"""Number of the extension that hides the real name, RFC 9849."""
ENCRYPTED_SERVER_NAME = 0xFFCE
"""Number of its forerunner, ESNI."""
PRE_SHARED_PADDING = 21
"""Number of the padding extension, RFC 7685."""


def client_hello(host: str | None, *extensions: tuple[int, bytes]) -> bytes:
    """A TLS 1.3 ClientHello in one record.

    Args:
        host: Server name in the clear, byte for byte; None leaves the extension out.
        extensions: More extensions, as number and body.
    """
    given = [] if host is None else [(_SERVER_NAME, _server_name(host))]
    given += [
        (_SUPPORTED_GROUPS, bytes.fromhex("0002001d")),
        (_SIGNATURES, bytes.fromhex("0006040308040401")),
        (_VERSIONS, bytes.fromhex("0403040303")),
        (_KEY_SHARE, bytes.fromhex("0024001d0020") + b"K" * 32),
        *extensions,
    ]
    written = b"".join(struct.pack(">HH", kind, len(body)) + body for kind, body in given)
    suites = bytes.fromhex("13011302c02f")
    return _record(
        _CLIENT_HELLO,
        _TLS_1_2
        + b"R" * 32
        + bytes([32])
        + b"S" * 32
        + struct.pack(">H", len(suites))
        + suites
        + b"\x01\x00"
        + struct.pack(">H", len(written))
        + written,
    )


def two_names(first: str, second: str) -> bytes:
    """A ClientHello whose server-name list has two entries, which RFC 6066 forbids.

    Args:
        first: First name.
        second: Second name.
    """
    entries = b"".join(_server_name(host)[2:] for host in (first, second))
    return client_hello(None, (_SERVER_NAME, struct.pack(">H", len(entries)) + entries))


def server_hello() -> bytes:
    """A ServerHello, as the answer to an accepted greeting."""
    extensions = bytes.fromhex("002b00020304" + "00330024001d0020") + b"K" * 32
    return _record(
        _SERVER_HELLO,
        _TLS_1_2
        + b"R" * 32
        + bytes([32])
        + b"S" * 32
        + bytes.fromhex("130100")
        + struct.pack(">H", len(extensions))
        + extensions,
    )


def application_data(length: int = 64) -> bytes:
    """A record of encrypted data."""
    return b"\x17" + _TLS_1_2 + struct.pack(">H", length) + b"E" * length


def _server_name(host: str) -> bytes:
    name = host.encode()
    return struct.pack(">HBH", len(name) + 3, 0, len(name)) + name


def _record(kind: int, body: bytes) -> bytes:
    message = bytes([kind]) + struct.pack(">I", len(body))[1:] + body
    return bytes([_HANDSHAKE]) + b"\x03\x01" + struct.pack(">H", len(message)) + message
