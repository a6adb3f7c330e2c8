"""What a screening says: typed, immutable, and free of the text it judged."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from guardrail_engine.views.invisible import nothing_seen

if TYPE_CHECKING:
    from collections.abc import Mapping


class Direction(StrEnum):
    """Which way the text travels; it decides what a finding leads to (see ``policy``)."""

    REQUEST = "request"
    DOCUMENT = "document"
    """What the model reads beside the request: retrieved text and results of tools, written by strangers."""
    RESPONSE = "response"


class Action(StrEnum):
    """What the caller must do with the text."""

    ALLOW = "allow"
    """Pass ``Screening.text`` on, which is the text with every redaction made."""
    BLOCK = "block"
    """Pass nothing on; ``Screening.text`` is empty and ``Screening.reason`` says why."""


class Reason(StrEnum):
    """Why a text was blocked; the ids are part of the HTTP contract."""

    PROMPT_INJECTION = "PROMPT_INJECTION"
    SECRET_IN_REQUEST = "SECRET_IN_REQUEST"  # noqa: S105 - an id, not a secret
    HIDDEN_UNICODE = "HIDDEN_UNICODE"
    MALFORMED_TEXT = "MALFORMED_TEXT"
    CANARY_LEAK = "CANARY_LEAK"
    PII_LEAK = "PII_LEAK"
    UNSAFE_LINK = "UNSAFE_LINK"
    SECRET_LEAK = "SECRET_LEAK"  # noqa: S105 - an id, not a secret
    DETECTOR_FAILED = "DETECTOR_FAILED"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that a detector saw. It never holds the matched text.

    Args:
        id: ``<family>.<rule>``, for example ``injection.override``; families are in ``policy``.
        risk: OWASP LLM 2025 id, for example ``LLM01``.
        view: Name of the view that showed it, for example ``original`` or ``base64>rot13``.
        start: First character, counted in code points of the original text.
        end: One past the last character, counted in the original text; 0 <= start <= end <= len(text).
    """

    id: str
    risk: str
    view: str
    start: int
    end: int

    @property
    def family(self) -> str:
        """The part of the id before the first dot."""
        return self.id.partition(".")[0]


def _nothing() -> Mapping[str, int]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Screening:
    """The engine's answer on one text.

    Args:
        action: What to do with the text.
        reason: Why it was blocked; None exactly when ``action`` is ALLOW.
        text: The text to pass on, redacted and free of stray invisible characters; empty when blocked.
        findings: Everything seen, ordered by place, at most ``engine.MAX_FINDINGS``.
        redactions: How many replacements were made, by type (``EMAIL``, ``LINK``, …).
    """

    action: Action
    reason: Reason | None
    text: str
    findings: tuple[Finding, ...] = ()
    redactions: Mapping[str, int] = field(default_factory=_nothing)

    @property
    def blocked(self) -> bool:
        """True when nothing of the text may be passed on."""
        return self.action is Action.BLOCK

    @property
    def blank(self) -> bool:
        """True when the text may be passed on but shows nothing; models refuse such a text."""
        return not self.blocked and nothing_seen(self.text)

    @property
    def risks(self) -> tuple[str, ...]:
        """The OWASP ids of all findings, sorted, each once."""
        return tuple(sorted({finding.risk for finding in self.findings}))
