"""Judges what was read of a document: text, title, name, what is hidden and what stands beside it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from document_screen.causes import OF_REASON, Cause, Found
from document_screen.long_text import screen_long
from document_screen.unseen import channels

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from document_screen.long_text import Screened
    from document_text import Extracted
    from guardrail_engine import Engine

QUARANTINED: Final = frozenset({"CARD", "SSN"})
"""Personal data that keeps a document out. Contact data and bank accounts, which letters and invoices carry,
are masked instead: an answer shows none of it either."""
_MOST_WITHIN: Final = 3
_MOST_TAKEN_OUT: Final = 24
"""Letters of hidden text that was taken out and is not published: pages carry a "skip to main content"."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What may be published.

    Args:
        found: Causes against it, sorted; empty exactly when the document is clean.
        text: The text, masked; empty unless clean.
        title: The title, masked; empty unless clean.
        masked: How many places were masked, by type.
    """

    found: tuple[Found, ...]
    text: str = ""
    title: str = ""
    masked: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def clean(self) -> bool:
        """Whether it may be published."""
        return not self.found


@dataclass(frozen=True, slots=True)
class DocumentScreen:
    """Screens documents. Pure: one instance serves all.

    Args:
        engine: Ours; its detectors are the ones that judge questions and answers.
        quarantined: Types of personal data that keep a document out. Default: ``QUARANTINED``.
    """

    engine: Engine
    quarantined: frozenset[str] = QUARANTINED

    def judge(self, name: str, document: Extracted) -> Judgement:
        """Judge one document.

        Args:
            name: Its file name, which people see as the source of an answer.
            document: What was read.
        """
        found: set[Found] = set(_hidden(document))
        for where, published in (("text", document.text), ("title", document.title), ("name", name)):
            if said := channels(published):
                found.add(Found(Cause.HIDDEN_UNICODE, where, ", ".join(said)))
        text = screen_long(self.engine, document.text)
        title = screen_long(self.engine, document.title)
        shown_name = screen_long(self.engine, name)
        for where, screened in (("text", text), ("title", title), ("name", shown_name)):
            found |= set(self._causes(where, screened, published=True))
        for where, beside in _beside(document):
            found |= set(self._causes(where, screen_long(self.engine, beside), published=False))
        if not found and not any(map(str.isalnum, text.text)):
            found.add(Found(Cause.MALFORMED_TEXT, "text", "nothing is left of it"))
        if found:
            return Judgement(tuple(sorted(found)))
        masked = Counter(text.masked) + Counter(title.masked)
        return Judgement((), text.text, " ".join(title.text.split()), MappingProxyType(dict(masked)))

    def _causes(self, where: str, screened: Screened, *, published: bool) -> Iterable[Found]:
        for reason, ids in screened.blocks.items():
            yield Found(OF_REASON.get(reason, Cause.SCREEN_FAILED), where, ", ".join(sorted(ids)))
        # What is not published shows nobody's data.
        labels = {name.removeprefix("pii.").upper() for name in screened.seen if name.startswith("pii.")}
        sensitive = sorted(labels & self.quarantined) if published else []
        if sensitive:
            yield Found(Cause.PERSONAL_DATA, where, ", ".join(sensitive))


def _hidden(document: Extracted) -> Iterable[Found]:
    within = sum(hidden.chars for hidden in document.hidden if not hidden.text)
    taken_out = sum(hidden.chars for hidden in document.hidden if hidden.text)
    if within > _MOST_WITHIN or taken_out > _MOST_TAKEN_OUT:
        ways = sorted({hidden.way for hidden in document.hidden})
        yield Found(Cause.HIDDEN_TEXT, "hidden", ", ".join(ways))


def _beside(document: Extracted) -> Iterable[tuple[str, str]]:
    """Texts that are not published, joined by place: an attack in many comments is one attack."""
    places: dict[str, list[str]] = {}
    for hidden in document.hidden:
        places.setdefault("hidden", []).append(hidden.text)
    for aside in document.asides:
        places.setdefault(aside.where, []).append(aside.text)
    return ((where, "\n".join(filter(None, texts))) for where, texts in sorted(places.items()))
