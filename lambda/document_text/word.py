"""Word documents (docx)."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from document_text.archive import Archive
from document_text.collector import Collector
from document_text.refusals import Refusal, RefusedError
from document_text.results import Extracted, Kind
from document_text.word_look import Styles
from document_text.word_package import Relationship, main_part, relationships
from document_text.word_pages import PagesPassed
from document_text.word_text import WordText
from document_text.xml_events import parse

if TYPE_CHECKING:
    from document_text.limits import Limits

# Parts that people see, and parts that stand beside; what is in neither is not read.
_SHOWN: Final = ("header", "footer", "footnotes", "endnotes")
_BESIDE: Final = {
    "comments": "comment",
    "commentsextended": "comment",
    "glossarydocument": "glossary",
    "customxml": "metadata",
    "core-properties": "metadata",
    "extended-properties": "metadata",
    "custom-properties": "metadata",
}
_MAX_PARTS: Final = 200


def read_word(data: bytes, limits: Limits) -> Extracted:
    """Read a docx.

    Raises:
        RefusedError: It is none, or holds what is not read.
    """
    archive = Archive(data, limits)
    main = main_part(archive, limits)
    folder, name = posixpath.split(main)
    arrows = relationships(archive, f"{folder}/_rels/{name}.rels".lstrip("/"), limits)
    collector = Collector(limits)
    styles = Styles()
    for part in _targets(archive, arrows, ("theme", "settings")):
        parse(archive.read(part), styles.theme, limits)
    for part in _targets(archive, arrows, ("styles",)):
        parse(archive.read(part), styles, limits)
    body = PagesPassed(WordText(collector, styles))
    parse(archive.read(main), body, limits)
    for part in _targets(archive, arrows, _SHOWN):
        collector.show("\n")
        parse(archive.read(part), WordText(collector, styles), limits)
    outer = relationships(archive, "_rels/.rels", limits)
    for kind, where in _BESIDE.items():
        for part in _targets(archive, [*arrows, *outer], (kind,)):
            reader = _Words(kind == "core-properties")
            parse(archive.read(part), reader, limits)
            collector.aside(where, reader.words)
            collector.title = collector.title or reader.title
    return collector.finish(Kind.DOCX, body.pages)


def _targets(archive: Archive, arrows: list[Relationship], kinds: tuple[str, ...]) -> list[str]:
    """The parts of some kinds, whatever they are called.

    Raises:
        RefusedError: One is missing, or there are more than are read: nothing is passed over.
    """
    found = dict.fromkeys(arrow.target for arrow in arrows if arrow.kind in kinds and not arrow.external)
    if not found.keys() <= archive.names:
        raise RefusedError(Refusal.DAMAGED)
    if len(found) > _MAX_PARTS:
        raise RefusedError(Refusal.TOO_COMPLEX)
    return list(found)


@dataclass(slots=True)
class _Words:
    """All characters of a part, whatever they mean."""

    titled: bool
    words: str = ""
    title: str = ""
    _name: str = ""

    def start(self, name: str, _attributes: dict[str, str], /) -> None:
        self._name = name

    def end(self, _name: str, /) -> None:
        self.words += " "
        self._name = ""

    def text(self, data: str) -> None:
        self.words += data
        if self.titled and self._name == "?:title":
            self.title += data
