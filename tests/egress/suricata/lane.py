"""Three hosts in a row on this machine, each in a network namespace: ours, the firewall, a server."""

import ipaddress
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Self

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from genai_defense.proofs.firewall import FirewallRules, Names, Suricata, configuration, engine_rules

SERVER = "203.0.113.9"
_GATEWAY = "203.0.113.1"
_LISTENER = Path(__file__).with_name("listener.py")
_QUEUE = ("FORWARD", "-j", "NFQUEUE", "--queue-num", "0")


class Lane:
    """Ours, the firewall, a server; what goes from one to the other is forwarded by the firewall's host.

    Args:
        firewall: A synthesized firewall.
        folder: An empty folder.

    Attributes:
        names: What the firewall allows, and our address.
    """

    def __init__(self, firewall: FirewallRules, folder: Path) -> None:
        self.names = Names.of(firewall)
        self._folder = folder
        self._hosts = {name: f"gd{os.getpid()}{name}" for name in ("ours", "wall", "server")}
        self._running: list[subprocess.Popen[bytes]] = []
        self._gateway = str(ipaddress.IPv4Address(self.names.home) - 1)
        self._engine = Suricata(
            folder, configuration=configuration(firewall.home_networks), rules=engine_rules(firewall)
        )

    def __enter__(self) -> Self:
        """Build the lane, still without the firewall, and start the server."""
        for host in self._hosts.values():
            self._command("ip", "netns", "add", host)
        try:
            self._wire("ours", self.names.home, self._gateway, 24)
            self._wire("server", SERVER, _GATEWAY, 24)
            self.on("wall", "sysctl", "-qw", "net.ipv4.ip_forward=1").check_returncode()
            write_certificate(self._folder / "server.pem", self.names.host)
            self._start("server", sys.executable, str(_LISTENER), str(self._folder))
            self._wait((self._folder / "ready").exists)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        """End what was started and take the namespaces away."""
        for process in reversed(self._running):
            process.terminate()
            process.wait(timeout=20)
        for host in self._hosts.values():
            self._command("ip", "netns", "del", host)

    def on(self, host: str, *command: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        """Run a command on one of the three hosts.

        Args:
            host: `ours`, `wall` or `server`.
            command: Program and arguments.
            stdin: What it reads.
        """
        return subprocess.run(
            ["ip", "netns", "exec", self._hosts[host], *command],
            capture_output=True,
            text=True,
            input=stdin,
            check=False,
            timeout=30,
        )

    def hold_packets(self) -> None:
        """Hand every forwarded packet to a queue. While nobody reads it, nothing passes."""
        self.on("wall", "iptables", "-A", *_QUEUE).check_returncode()

    def start_engine(self) -> None:
        """Let Suricata read the queue and decide about each packet."""
        self._start("wall", *self._engine.command, "-q", "0", cwd=self._engine.folder)
        self._wait(lambda: bool(self.on("wall", "cat", "/proc/net/netfilter/nfnetlink_queue").stdout.strip()))
        self._wait(lambda: self._engine.folder.joinpath("eve.json").exists())
        time.sleep(1)  # it reads the queue a moment before its rules are in place

    def python(self, host: str, program: str) -> str:
        """What a Python program prints on one of the hosts.

        Args:
            host: `ours`, `wall` or `server`.
            program: Its text.
        """
        return self.on(host, sys.executable, "-", stdin=program).stdout.strip()

    def received(self) -> list[dict[str, Any]]:
        """What the server wrote down so far; it forgets it then."""
        log = self._folder / "received.jsonl"
        lines = log.read_text().split("\n") if log.exists() else []
        log.unlink(missing_ok=True)
        return [json.loads(line) for line in lines if line]

    def _wire(self, host: str, address: str, gateway: str, prefix: int) -> None:
        ours, wall = self._hosts[host], self._hosts["wall"]
        self._command(
            "ip", "link", "add", "eth0", "netns", ours, "type", "veth", "peer", f"to{host}", "netns", wall
        )
        for where, name, given in ((host, "eth0", address), ("wall", f"to{host}", gateway)):
            self.on(where, "ip", "addr", "add", f"{given}/{prefix}", "dev", name).check_returncode()
            self.on(where, "ip", "link", "set", name, "up").check_returncode()
        self.on(host, "ip", "link", "set", "lo", "up").check_returncode()
        self.on(host, "ip", "route", "add", "default", "via", gateway).check_returncode()

    def _start(self, host: str, *command: str, cwd: Path | None = None) -> None:
        program = ["ip", "netns", "exec", self._hosts[host], *command]
        with (self._folder / f"{host}.log").open("wb") as log:
            self._running.append(subprocess.Popen(program, cwd=cwd, stdout=log, stderr=log))

    def _wait(self, done: Callable[[], bool]) -> None:
        deadline = time.monotonic() + 60
        while not done():
            logs = "".join(log.read_text() for log in self._folder.glob("*.log"))
            assert all(process.poll() is None for process in self._running), logs
            assert time.monotonic() < deadline, logs
            time.sleep(0.1)

    @staticmethod
    def _command(*command: str) -> None:
        result = subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)
        assert result.returncode == 0, f"{' '.join(command)}: {result.stderr} (network namespaces need root)"


def write_certificate(path: Path, host: str) -> None:
    """Write a key and a certificate for a host, signed by itself, into one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
