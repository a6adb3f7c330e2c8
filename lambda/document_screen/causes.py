"""Why a text that was read is not published: typed, each with a sentence for who has to decide."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from guardrail_engine import Reason

if TYPE_CHECKING:
    from collections.abc import Mapping


class Cause(StrEnum):
    """The causes; their ids stand in manifests and alerts."""

    PROMPT_INJECTION = "PROMPT_INJECTION"
    SECRET = "SECRET"  # noqa: S105 - an id, not a secret
    HIDDEN_TEXT = "HIDDEN_TEXT"
    HIDDEN_UNICODE = "HIDDEN_UNICODE"
    MALFORMED_TEXT = "MALFORMED_TEXT"
    PERSONAL_DATA = "PERSONAL_DATA"
    SCREEN_FAILED = "SCREEN_FAILED"

    @property
    def sentence(self) -> str:
        """What was seen and what to do."""
        return SENTENCES[self]


SENTENCES: Final[Mapping[Cause, str]] = MappingProxyType(
    {
        Cause.PROMPT_INJECTION: "A passage gives orders to the model. Remove it.",
        Cause.SECRET: "A credential stands in the document. Revoke it, then upload without it.",
        Cause.HIDDEN_TEXT: "People cannot see all of the text. Make it visible or remove it.",
        Cause.HIDDEN_UNICODE: "Invisible characters spell a text. Remove them.",
        Cause.MALFORMED_TEXT: "The text holds characters that are no text, or encodings within encodings.",
        Cause.PERSONAL_DATA: "The document holds personal data that is not taken. Remove it.",
        Cause.SCREEN_FAILED: "The text could not be judged. Report it; nothing was published.",
    }
)
"""A sentence for each cause."""

OF_REASON: Final[Mapping[Reason, Cause]] = MappingProxyType(
    {
        Reason.PROMPT_INJECTION: Cause.PROMPT_INJECTION,
        Reason.SECRET_LEAK: Cause.SECRET,
        Reason.SECRET_IN_REQUEST: Cause.SECRET,
        Reason.HIDDEN_UNICODE: Cause.HIDDEN_UNICODE,
        Reason.MALFORMED_TEXT: Cause.MALFORMED_TEXT,
        Reason.CANARY_LEAK: Cause.PROMPT_INJECTION,
        Reason.PII_LEAK: Cause.PERSONAL_DATA,
        Reason.UNSAFE_LINK: Cause.MALFORMED_TEXT,
        Reason.DETECTOR_FAILED: Cause.SCREEN_FAILED,
    }
)
"""What each reason of the engine means for a document."""


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """One cause.

    Args:
        cause: Why.
        where: ``text``, ``title``, ``name``, ``hidden``, or where an aside stood.
        detail: Ids of the rules or ways, never the text.
    """

    cause: Cause
    where: str
    detail: str = ""
