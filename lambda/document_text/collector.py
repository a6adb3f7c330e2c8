"""Gathers what a reader finds, and ends when it is more than allowed."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from document_text.refusals import Refusal, RefusedError
from document_text.results import Aside, Extracted, Hidden, HiddenWay, Kind

if TYPE_CHECKING:
    from document_text.limits import Limits

_MAX_TITLE: Final = 200
_MAX_PIECES: Final = 20_000
_MOST_ON_A_PAGE: Final = 10_000
"""Characters: more than the closest print of an A4 page, about 7,000."""
_BLANKS: Final = re.compile(r"[ \t\u00a0]+")
_BLANK_LINES: Final = re.compile(r"\n{3,}")


class Collector:
    """The text of one document.

    Args:
        limits: How much it may be.
    """

    def __init__(self, limits: Limits) -> None:
        self._left = limits.text_chars
        self._most_pages = limits.pages
        self._pieces: list[str] = []
        self._hidden: list[Hidden] = []
        self._asides: list[Aside] = []
        self.title = ""

    def _spend(self, text: str) -> None:
        self._left -= len(text)
        if self._left < 0:
            raise RefusedError(Refusal.TEXT_TOO_LONG)

    def show(self, text: str) -> None:
        """Add text that people see.

        Raises:
            RefusedError: There is too much of it.
        """
        self._spend(text)
        self._pieces.append(text)

    def hide(self, way: HiddenWay, text: str) -> None:
        """Add text that nobody sees, apart from the rest.

        Raises:
            RefusedError: There is too much of it.
        """
        if not text.strip():
            return
        self._spend(text)
        self._add_hidden(Hidden(way, sum(map(str.isalnum, text)), text))

    def hide_within(self, way: HiddenWay, chars: int) -> None:
        """Say that so many characters of the shown text cannot be seen.

        Raises:
            RefusedError: There are too many places.
        """
        self._add_hidden(Hidden(way, chars))

    def aside(self, where: str, text: str) -> None:
        """Add text that stands beside the document's own.

        Raises:
            RefusedError: There is too much of it.
        """
        if not text.strip():
            return
        self._spend(text)
        self._asides.append(Aside(where, text))
        if len(self._asides) > _MAX_PIECES:
            raise RefusedError(Refusal.TOO_COMPLEX)

    def _add_hidden(self, hidden: Hidden) -> None:
        self._hidden.append(hidden)
        if len(self._hidden) > _MAX_PIECES:
            raise RefusedError(Refusal.TOO_COMPLEX)

    def finish(self, kind: Kind, pages: int | None = None) -> Extracted:
        """What was gathered, normalised.

        Args:
            kind: The type.
            pages: How many pages the document says it has. Default: it does not say.

        Raises:
            RefusedError: Nothing can be seen, or more than fits on the pages allowed.
        """
        text = normalised("".join(self._pieces))
        if not any(map(str.isalnum, text)):
            raise RefusedError(Refusal.NO_TEXT)
        if max(pages or 1, len(text) // _MOST_ON_A_PAGE) > self._most_pages:
            raise RefusedError(Refusal.TOO_MANY_PAGES)
        title = " ".join(unicodedata.normalize("NFC", self.title).split())[:_MAX_TITLE]
        return Extracted(kind, title, text, pages, tuple(self._hidden), tuple(self._asides))


def normalised(text: str) -> str:
    """Composed characters, one kind of line end, no runs of blanks or of empty lines."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n"))
    # Other blanks than these stay, for the screen to count.
    lines = (_BLANKS.sub(" ", line).strip(" ") for line in text.split("\n"))
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip(" \n")
