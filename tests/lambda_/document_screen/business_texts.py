"""Ordinary business documents, as teams upload them: none of them may be kept out."""

from __future__ import annotations

from pathlib import Path

_FILE = Path(__file__).with_suffix(".txt")


def _texts() -> dict[str, str]:
    """The texts by subject; each begins with a line ``=== subject``."""
    parts = _FILE.read_text(encoding="utf-8").split("=== ")[1:]
    return dict(part.rstrip("\n").split("\n", 1) for part in parts)


TEXTS = _texts()
