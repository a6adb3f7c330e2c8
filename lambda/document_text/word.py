"""Word documents (docx)."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from document_text.archive import Archive
from document_text.collector import Collector
from document_text.results import Extracted, Kind
from document_text.word_look import Styles
from document_text.word_package import Relationship, main_part, relationships
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
    parse(archive.read(main), WordText(collector, styles), limits)
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
    return collector.finish(Kind.DOCX)


def _targets(archive: Archive, arrows: list[Relationship], kinds: tuple[str, ...]) -> list[str]:
    found = (arrow.target for arrow in arrows if arrow.kind in kinds and not arrow.external)
    return [part for part in dict.fromkeys(found) if part in archive.names and part.lower().endswith(".xml")][
        :_MAX_PARTS
    ]


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
