"""Runs Suricata, the engine behind AWS Network Firewall, on rules that were taken from a template."""

import json
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from genai_defense.proofs.firewall.packets import Packet, pcap

_LONGEST_RUN_SECONDS = 120


class EngineError(RuntimeError):
    """Suricata refused its rules, or did not end well."""


@dataclass(frozen=True)
class Dropped:
    """What became of the packets of one capture.

    Attributes:
        numbers: The packets that were dropped, counted from 0.
        reasons: For a dropped packet, what the rules say that decided it.
    """

    numbers: frozenset[int]
    reasons: dict[int, str]


class Suricata:
    """One engine with its rules and its configuration in a folder of its own.

    Args:
        folder: An empty folder; its logs land there too.
        configuration: Text of `suricata.yaml`.
        rules: Text of the rules.

    Raises:
        EngineError: There is no Suricata on the PATH.
    """

    def __init__(self, folder: Path, *, configuration: str, rules: str) -> None:
        found = shutil.which("suricata")
        if found is None:
            raise EngineError("There is no suricata on the PATH. Install it: .ci/suricata (Debian, as root).")
        self._program = found
        self.folder = folder
        (folder / "suricata.yaml").write_text(configuration)
        (folder / "firewall.rules").write_text(rules)

    @property
    def command(self) -> list[str]:
        """The engine with its rules, without a source of packets."""
        return [self._program, "-c", "suricata.yaml", "-S", "firewall.rules", "-l", "."]

    def check(self) -> None:
        """Load the rules and end.

        Raises:
            EngineError: A rule is refused; the message is Suricata's.
        """
        self._run("-T", "--simulate-ips")

    def judge(self, packets: Sequence[Packet]) -> Dropped:
        """Decide about packets as if they were held in line.

        Args:
            packets: In the order of the wire.

        Raises:
            EngineError: A rule is refused, or the engine did not end well.
        """
        (self.folder / "case.pcap").write_bytes(pcap(list(packets)))
        log = self.folder / "eve.json"
        log.unlink(missing_ok=True)
        self._run("-r", "case.pcap", "--simulate-ips", "-k", "none", "--runmode", "single")
        reasons: defaultdict[int, str] = defaultdict(str)
        dropped = set[int]()
        for line in log.read_text().split("\n"):
            event: dict[str, Any] = json.loads(line) if line else {}
            if event.get("event_type") == "drop":
                number = int(event["pcap_cnt"]) - 1
                dropped.add(number)
                reasons[number] = event.get("alert", {}).get("signature", event["drop"]["reason"])
        return Dropped(numbers=frozenset(dropped), reasons=dict(reasons))

    def _run(self, *arguments: str) -> None:
        result = subprocess.run(  # noqa: S603 - the program that shutil.which found, with arguments of our own
            [*self.command, *arguments],
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
            timeout=_LONGEST_RUN_SECONDS,
        )
        if result.returncode != 0 or "E: " in result.stdout + result.stderr:
            raise EngineError(f"suricata {' '.join(arguments)}: {result.stdout}{result.stderr}")
