"""The outside of a docx: what its parts are, and that none is a macro, a program or somewhere else."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from document_text.refusals import Refusal, RefusedError
from document_text.word_parts import check_parts
from document_text.xml_events import parse

if TYPE_CHECKING:
    from document_text.archive import Archive
    from document_text.limits import Limits

_TYPES: Final = "[Content_Types].xml"
_MAIN_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_MACRO: Final = re.compile(r"macroenabled|vbaproject|vbadata|\.vba", re.IGNORECASE)
_TYPE: Final = re.compile(
    r"application/(?:vnd\.openxmlformats-|vnd\.ms-(?:word|excel|office|package)\.|xml|inkml\+xml|x-font|font-)"
    r"|image/|font/|text/xml",
    re.IGNORECASE,
)
_ACTIVE_TYPE: Final = re.compile(r"activex|webextension|customui|externallink|connections", re.IGNORECASE)
_LINK: Final = re.compile(r"\s*(?:https?://|mailto:|#|$)", re.IGNORECASE)
_RELS: Final = ".rels"
# Parts by the last word of their relationship.
_EMBEDDED: Final = frozenset(
    [
        *("oleobject", "control", "activexcontrolbinary", "afchunk", "attachedtoolbars"),
        *("webextension", "webextensiontaskpanes", "extensibility", "externallink", "connections"),
    ]
)


@dataclass(frozen=True, slots=True)
class Relationship:
    """One arrow of the package.

    Args:
        kind: Last word of its type, lower case, for example ``hyperlink``.
        target: Where it leads; a part's name when it stays inside.
        external: Whether it leaves the package.
    """

    kind: str
    target: str
    external: bool


@dataclass(slots=True)
class _Types:
    defaults: dict[str, str] = field(default_factory=dict[str, str])
    overrides: dict[str, str] = field(default_factory=dict[str, str])

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "ct:Default":
            self.defaults[attributes.get("Extension", "").lower()] = attributes.get("ContentType", "")
        elif name == "ct:Override":
            self.overrides[attributes.get("PartName", "").lstrip("/")] = attributes.get("ContentType", "")

    def end(self, name: str) -> None:
        """Nothing ends here."""

    def text(self, data: str) -> None:
        """No text counts here."""


@dataclass(slots=True)
class _Relationships:
    base: str
    archive: Archive
    found: list[Relationship] = field(default_factory=list[Relationship])

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name != "rel:Relationship":
            return
        external = attributes.get("TargetMode", "").lower() == "external"
        target = attributes.get("Target", "")
        if not external:
            target = (
                target.lstrip("/")
                if target.startswith("/")
                else posixpath.normpath(posixpath.join(self.base, target))
            )
            target = self.archive.named(unquote(target))
        kind = attributes.get("Type", "").rpartition("/")[2].lower()
        self.found.append(Relationship(kind, target, external))

    def end(self, name: str) -> None:
        """Nothing ends here."""

    def text(self, data: str) -> None:
        """No text counts here."""


def main_part(archive: Archive, limits: Limits) -> str:
    """The part that holds the document.

    Raises:
        RefusedError: It is no docx, or the package holds macros, programs or content from elsewhere.
    """
    if _TYPES not in archive.names:
        raise RefusedError(Refusal.TYPE_MISMATCH)
    types = _Types()
    parse(archive.read(_TYPES), types, limits)
    _check_types(archive, types)
    for name in check_parts(archive):
        _check_workbook(archive.within(name, limits), limits)
    mains = [part for part, kind in types.overrides.items() if kind == _MAIN_TYPE]
    if len(mains) != 1 or mains[0] not in archive.names:
        raise RefusedError(Refusal.TYPE_MISMATCH)
    _check_relationships(archive, limits)
    starts = [
        arrow.target
        for arrow in relationships(archive, "_rels/.rels", limits)
        if arrow.kind == "officedocument"
    ]
    if starts != mains:
        raise RefusedError(Refusal.POLYGLOT)
    return mains[0]


def relationships(archive: Archive, name: str, limits: Limits) -> list[Relationship]:
    """The arrows of one ``.rels`` part; none when it is missing.

    Raises:
        RefusedError: It cannot be read.
    """
    if name not in archive.names:
        return []
    folder = posixpath.dirname(posixpath.dirname(name))
    reader = _Relationships(folder, archive)
    parse(archive.read(name), reader, limits)
    return reader.found


def is_harmless_link(address: str) -> bool:
    """Whether following a link shows a page, a letter to write or another place of the document."""
    return _LINK.match(address) is not None


def _check_types(archive: Archive, types: _Types) -> None:
    named = [*types.defaults.values(), *types.overrides.values()]
    if any(_MACRO.search(text) for text in (*named, *archive.names)):
        raise RefusedError(Refusal.MACROS)
    if any(_ACTIVE_TYPE.search(text) for text in types.overrides.values()):
        raise RefusedError(Refusal.ACTIVE_CONTENT)
    if any(_TYPE.match(text) is None for text in types.overrides.values()):
        raise RefusedError(Refusal.EMBEDDED_FILE)


def _check_workbook(workbook: Archive, limits: Limits) -> None:
    """The figures of a chart. A workbook within a workbook is no figures."""
    if _TYPES not in workbook.names:
        raise RefusedError(Refusal.EMBEDDED_FILE)
    types = _Types()
    parse(workbook.read(_TYPES), types, limits)
    _check_types(workbook, types)
    if check_parts(workbook):
        raise RefusedError(Refusal.EMBEDDED_FILE)
    _check_relationships(workbook, limits)


def _check_relationships(archive: Archive, limits: Limits) -> None:
    for name in sorted(archive.names):
        if name.lower().endswith(_RELS):
            _check(relationships(archive, name, limits))


def _check(arrows: list[Relationship]) -> None:
    for arrow in arrows:
        if arrow.kind in _EMBEDDED:
            raise RefusedError(Refusal.EXTERNAL_REFERENCE if arrow.external else Refusal.EMBEDDED_FILE)
        if arrow.kind == "package" and not arrow.target.lower().endswith(".xlsx"):
            # Charts carry their figures as a workbook; nothing else is a part of a document.
            raise RefusedError(Refusal.EMBEDDED_FILE)
        if arrow.external and (arrow.kind != "hyperlink" or not is_harmless_link(arrow.target)):
            raise RefusedError(Refusal.EXTERNAL_REFERENCE)
