"""The shape of an injection rule."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """One injection rule.

    Args:
        name: Second part of the finding's id.
        needs: Lower-case substrings of which one must occur; empty means that the pattern is always tried.
        pattern: Regular expression in the notation of ``injection_rules``; case is ignored.
        risk: OWASP LLM 2025 id.
    """

    name: str
    needs: tuple[str, ...]
    pattern: str
    risk: str = "LLM01"


def words(text: str) -> tuple[str, ...]:
    """A blank-separated list."""
    return tuple(text.split())
