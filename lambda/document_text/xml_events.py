"""XML as a stream of events: no entities, no document types, no depth without end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol
from xml.parsers import expat

from document_text.refusals import Refusal, RefusedError

if TYPE_CHECKING:
    from document_text.limits import Limits

# Both editions of the format name the same things differently.
_PREFIXES: Final = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.microsoft.com/office/word/2010/wordml": "w14",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "http://purl.oclc.org/ooxml/drawingml/main": "a",
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": "wp",
    "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": "wp",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingShape": "wps",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "urn:schemas-microsoft-com:vml": "v",
    "urn:schemas-microsoft-com:office:office": "o",
    "http://schemas.openxmlformats.org/package/2006/relationships": "rel",
    "http://schemas.openxmlformats.org/package/2006/content-types": "ct",
}


class Handler(Protocol):
    """What takes the events. Names are written ``w:t``; those of unknown namespaces begin with ``?``."""

    def start(self, name: str, attributes: dict[str, str], /) -> None:
        """Begin of an element."""

    def end(self, name: str, /) -> None:
        """End of an element."""

    def text(self, data: str, /) -> None:
        """Characters."""


def parse(data: bytes, handler: Handler, limits: Limits) -> None:
    """Read one XML part.

    Args:
        data: The part.
        handler: Takes the events.
        limits: Depth and number of elements.

    Raises:
        RefusedError: It is no well-formed XML, declares a document type, or is too deep or too long.
    """
    depth = elements = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, elements
        depth += 1
        elements += 1
        if depth > limits.depth:
            raise RefusedError(Refusal.NESTED_TOO_DEEP)
        if elements > limits.objects:
            raise RefusedError(Refusal.TOO_COMPLEX)
        handler.start(_short(name), {_short(key): value for key, value in attributes.items()})

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        handler.end(_short(name))

    def doctype(*_: object) -> None:
        # Entities grow without end and read files; no office program writes a document type.
        raise RefusedError(Refusal.ACTIVE_CONTENT)

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = handler.text
    parser.StartDoctypeDeclHandler = doctype
    parser.EntityDeclHandler = doctype
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError) as error:
        raise RefusedError(Refusal.DAMAGED) from error


def _short(name: str) -> str:
    namespace, blank, local = name.rpartition(" ")
    if not blank:
        return name
    return f"{_PREFIXES.get(namespace, '?')}:{local}"
