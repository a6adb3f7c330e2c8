"""What one upload comes to: reasons of every kind on one list."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from document_records import MALWARE
from document_text import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from document_screen import Found


class Kept(StrEnum):
    """Reasons that are neither the reader's nor the screen's."""

    MALWARE = MALWARE
    NOT_SCANNED = "NOT_SCANNED"
    SCANS_DISAGREE = "SCANS_DISAGREE"
    WITHDRAWN = "WITHDRAWN"
    KEPT_OUT_BEFORE = "KEPT_OUT_BEFORE"


_SENTENCES: Final[Mapping[Kept, str]] = MappingProxyType(
    {
        Kept.MALWARE: "The malware scan found a threat. Do not open the file.",
        Kept.NOT_SCANNED: "The malware scan could not look into the file. Save it without protection.",
        Kept.SCANS_DISAGREE: "Two looks at the same upload came to different verdicts. Look at it by hand.",
        Kept.WITHDRAWN: "A document with these bytes was withdrawn and is never published again.",
        Kept.KEPT_OUT_BEFORE: "The same bytes were kept out for what they hold. No other name lets them in.",
    }
)


@dataclass(frozen=True, slots=True)
class Why:
    """One reason.

    Args:
        reason: Its id.
        sentence: What was seen and what to do.
        where: Where in the document; empty for all of it.
        detail: Ids of rules, ways or threats; never text of the document.
    """

    reason: str
    sentence: str
    where: str = ""
    detail: str = ""

    def as_json(self) -> dict[str, str]:
        """For the manifest."""
        return {"reason": self.reason, "sentence": self.sentence, "where": self.where, "detail": self.detail}


def kept(reason: Kept, detail: str = "") -> Why:
    """A reason of our own."""
    return Why(reason, _SENTENCES[reason], "", detail)


def refused(refusal: Refusal) -> Why:
    """A reason of the reader."""
    return Why(refusal, refusal.sentence)


def screened(found: Found) -> Why:
    """A reason of the screen."""
    return Why(found.cause, found.cause.sentence, found.where, found.detail)


def _nothing() -> Mapping[str, Any]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one upload comes to.

    Args:
        whys: Reasons against it; empty exactly when it is clean.
        text: What is published; empty unless clean.
        title: Its title; empty unless clean.
        facts: What was counted, for the manifest.
    """

    whys: tuple[Why, ...]
    text: str = ""
    title: str = ""
    facts: Mapping[str, Any] = field(default_factory=_nothing)

    @property
    def clean(self) -> bool:
        """Whether it may be published."""
        return not self.whys

    @property
    def reason(self) -> str:
        """Ids of the reasons, each once, by commas; malware alone when there is some.

        What was found in the name only says nothing of the bytes: then it is the name that is not allowed.
        """
        if self.whys and all(why.where == "name" for why in self.whys):
            return Refusal.NAME_NOT_ALLOWED
        ids = dict.fromkeys(why.reason for why in self.whys)
        return MALWARE if MALWARE in ids else ",".join(ids)
