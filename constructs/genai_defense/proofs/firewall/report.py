"""Prints what a synthesized firewall did with every case, its limits included."""

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from genai_defense.proofs.firewall.case import Outcome
from genai_defense.proofs.firewall.template import FirewallRules, firewalls_in
from genai_defense.proofs.firewall.trial import Tried, try_all


def report(assembly: Path, *, console: Console) -> int:
    """Try every case on every firewall of an assembly and print the results.

    Args:
        assembly: Folder with the synthesized templates.
        console: Where to print.

    Returns:
        0 when every case ended as promised, 1 when one did not or there is no firewall.
    """
    found = list(_firewalls(assembly))
    if not found:
        console.print(f"{assembly} holds no AWS::NetworkFirewall::Firewall. Synthesize first: make synth")
    good = bool(found)
    for name, firewall in found:
        with tempfile.TemporaryDirectory() as folder:
            tried = try_all(firewall, Path(folder))
        console.print(_table(name, tried))
        for limit in (t.case for t in tried if t.case.limit):
            console.print(f"[yellow]Known limit[/]: {escape(limit.name)}. {escape(limit.limit)}")
        begun = sum(t.outcome is Outcome.BEGUN for t in tried)
        console.print(f"[yellow]Known limit[/]: in {begun} cases {Outcome.BEGUN.meaning}.")
        wrong = sum(not t.as_expected for t in tried)
        console.print(f"{len(tried)} cases, {len(tried) - wrong} as promised, {wrong} not.")
        good = good and not wrong
    return 0 if good else 1


def _firewalls(assembly: Path) -> Iterator[tuple[str, FirewallRules]]:
    for path in sorted(assembly.glob("*.template.json")):
        yield from firewalls_in(json.loads(path.read_text())).items()


def _table(name: str, tried: list[Tried]) -> Table:
    table = Table("case", "outcome", "decided by", title=f"Suricata with the rules of {name}")
    for t in tried:
        outcome = t.outcome.value if t.as_expected else f"[red]{t.outcome} instead of {t.case.expected}[/]"
        table.add_row(escape(t.case.name), outcome, escape(t.reason))
    return table
