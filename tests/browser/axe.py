"""axe-core, from the locked npm package, in the page that is open."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

_AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
# WCAG 2.2 AA, and what axe calls best practice.
_RUN = """() => axe.run(document, {
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  resultTypes: ["violations"],
})"""


def findings(page: Page) -> list[str]:
    """Everything that axe objects to: impact, rule, and the elements; empty is good."""
    # By the debugger, not by a script element: the page's own policy would stop that.
    page.evaluate(_AXE.read_text(encoding="utf-8"))
    result: dict[str, Any] = page.evaluate(_RUN)
    return [
        f"{found['impact']}: {found['id']}: {node['html'][:160]}"
        for found in result["violations"]
        for node in found["nodes"]
    ]
