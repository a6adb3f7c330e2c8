"""What a finding leads to: a table of direction and family, so that detectors stay free of decisions."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from guardrail_engine.results import Direction, Finding, Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

BLOCKING: Final[Mapping[Direction, Mapping[str, Reason]]] = MappingProxyType(
    {
        Direction.REQUEST: MappingProxyType(
            {
                "engine": Reason.DETECTOR_FAILED,
                "malformed": Reason.MALFORMED_TEXT,
                "injection": Reason.PROMPT_INJECTION,
                "secret": Reason.SECRET_IN_REQUEST,
                "unicode": Reason.HIDDEN_UNICODE,
                "canary": Reason.CANARY_LEAK,
            }
        ),
        Direction.DOCUMENT: MappingProxyType(
            {
                "engine": Reason.DETECTOR_FAILED,
                "malformed": Reason.MALFORMED_TEXT,
                "injection": Reason.PROMPT_INJECTION,
                "secret": Reason.SECRET_LEAK,
                "unicode": Reason.HIDDEN_UNICODE,
                "canary": Reason.CANARY_LEAK,
            }
        ),
        Direction.RESPONSE: MappingProxyType(
            {
                "engine": Reason.DETECTOR_FAILED,
                "canary": Reason.CANARY_LEAK,
                "secret": Reason.SECRET_LEAK,
                "malformed": Reason.MALFORMED_TEXT,
                "unicode": Reason.HIDDEN_UNICODE,
            }
        ),
    }
)
"""Families that block, by direction; the first one in the table's order names the reason."""

REWRITTEN: Final[Mapping[Direction, frozenset[str]]] = MappingProxyType(
    {
        Direction.REQUEST: frozenset({"pii"}),
        # An answer shows no personal data, so the model needs none.
        Direction.DOCUMENT: frozenset({"pii"}),
        Direction.RESPONSE: frozenset({"pii", "link"}),
    }
)
"""Families whose places are rewritten instead."""

UNSTABLE: Final[Mapping[str, Reason]] = MappingProxyType({"pii": Reason.PII_LEAK, "link": Reason.UNSAFE_LINK})
"""The reason when rewriting does not come to an end."""


def reason_of(direction: Direction, findings: Iterable[Finding]) -> Reason | None:
    """The reason to block, or None when nothing found blocks."""
    families = {finding.family for finding in findings}
    return next((reason for family, reason in BLOCKING[direction].items() if family in families), None)


def reported(direction: Direction, family: str) -> bool:
    """Whether a family means anything in this direction."""
    return family in BLOCKING[direction] or family in REWRITTEN[direction]
