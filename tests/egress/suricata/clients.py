"""Real clients on our host: curl, openssl, Python's sockets. Each says whether an answer came back."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from tests.egress.suricata.lane import SERVER, Lane

Client = Callable[[Lane], bool]
PATIENCE_SECONDS = 8

_SPLIT_GREETING = """
import socket, ssl
context = ssl.create_default_context()
context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
tls = context.wrap_bio(incoming, outgoing, server_hostname={host!r})
try:
    tls.do_handshake()
except ssl.SSLWantReadError:
    pass
greeting = outgoing.read()
connection = socket.create_connection(({server!r}, 443), timeout={patience})
connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
for start in range(0, len(greeting), 100):
    connection.sendall(greeting[start:start + 100])
print("answered" if connection.recv(1) else "")
"""
_RAW = """
import socket
connection = socket.create_connection(({server!r}, {port}), timeout={patience})
connection.sendall({data!r})
print("answered" if connection.recv(1) else "")
"""
_LISTENS = """
import socket
connection = socket.create_connection(({server!r}, {port}), timeout={patience})
print("answered" if connection.recv(1) else "")
"""
_DATAGRAM = """
import socket
client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
client.settimeout({patience})
client.sendto(b"secret", ({server!r}, 53))
print("answered" if client.recv(10) else "")
"""
_PING = """
import socket, struct
echo = struct.pack(">BBHHH", 8, 0, 0, 1, 1) + b"secret"
words = struct.unpack(f">{{len(echo) // 2}}H", echo)
total = sum(words)
total = (total & 0xFFFF) + (total >> 16)
echo = echo[:2] + struct.pack(">H", ~total & 0xFFFF) + echo[4:]
client = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)
client.settimeout({patience})
client.sendto(echo, ({server!r}, 0))
print("answered" if client.recv(100)[20:21] == bytes(1) else "")
"""


def _curl(url_host: str, *options: str, scheme: str = "https") -> Client:
    port = 443 if scheme == "https" else 80
    command = (
        "curl", "--silent", "--insecure", "--max-time", str(PATIENCE_SECONDS),
        "--resolve", f"{url_host}:{port}:{SERVER}", *options, f"{scheme}://{url_host}/",
    )  # fmt: skip
    return lambda lane: lane.on("ours", *command).stdout == "served"


def _openssl(*options: str) -> Client:
    command = ("timeout", str(PATIENCE_SECONDS), "openssl", "s_client", "-connect", f"{SERVER}:443", *options)
    return lambda lane: "BEGIN CERTIFICATE" in lane.on("ours", *command).stdout


def _python(program: str, **values: object) -> Client:
    text = program.format(server=SERVER, patience=PATIENCE_SECONDS, **values)
    return lambda lane: lane.python("ours", text) == "answered"


def allowed_clients(host: str) -> dict[str, Client]:
    """Clients that reach the allowed host; the last one only because a firewall cannot know better."""
    return {
        "curl to the allowed host": _curl(host),
        "openssl to the allowed host": _openssl("-servername", host),
        "greeting in 100-byte packets": _python(_SPLIT_GREETING, host=host),
        "known limit: domain fronting": _curl(host, "--header", "Host: evil.example.net"),
    }


def refused_clients(host: str) -> dict[str, Client]:
    """Clients that must not get an answer."""
    return {
        "curl to another host": _curl("evil.example.net"),
        "curl to a look-alike": _curl(f"{host}.evil.example.net"),
        "openssl without a host name": _openssl("-noservername"),
        "HTTP on port 80": _curl(host, scheme="http"),
        "raw TCP": _python(_RAW, port=4444, data=b"secret"),
        "raw TCP on port 443": _python(_RAW, port=443, data=b"secret"),
        "a server that talks first": _python(_LISTENS, port=25),
        "UDP": _python(_DATAGRAM),
        "ICMP": _python(_PING),
    }


def answered(lane: Lane, clients: dict[str, Client]) -> set[str]:
    """Run all clients at once and name those that got an answer."""

    def ask(name: str) -> bool:
        return clients[name](lane)

    with ThreadPoolExecutor(len(clients)) as pool:
        return {name for name, got in zip(clients, pool.map(ask, clients), strict=True) if got}
