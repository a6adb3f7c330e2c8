"""Makes docx files by hand: every part is the test's own, sound or hostile."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MACRO_TYPE = "application/vnd.ms-word.document.macroEnabled.main+xml"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_ARROWS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def run(text: str, properties: str = "") -> str:
    """A run of text with properties such as ``<w:vanish/>``."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(*runs: str, properties: str = "") -> str:
    """A paragraph of runs."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


@dataclass
class Docx:
    """A docx under construction.

    Args:
        body: Inside of ``w:body``.
        main_type: Content type of the document.
        styles: Inside of ``w:styles``.
        title: In the core properties.
        parts: Further parts by name.
        arrows: Further relationships of the document: kind, target, external.
    """

    body: str
    main_type: str = MAIN_TYPE
    styles: str = ""
    title: str = ""
    parts: dict[str, bytes] = field(default_factory=dict[str, bytes])
    arrows: list[tuple[str, str, bool]] = field(default_factory=list[tuple[str, str, bool]])

    def part(self, kind: str, element: str, inside: str) -> Docx:
        """Add a part such as comments or a header."""
        name = f"{kind}.xml"
        self.parts[f"word/{name}"] = f"<w:{element} {_NAMESPACES}>{inside}</w:{element}>".encode()
        self.arrows.append((kind, name, False))
        return self

    def build(self, method: int = zipfile.ZIP_DEFLATED) -> bytes:
        """The file."""
        core = f'<p xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{escape(self.title)}</dc:title></p>'
        arrows = [("styles", "styles.xml", False), *self.arrows]
        files = {
            "[Content_Types].xml": self._types().encode(),
            "_rels/.rels": _relationships(
                [
                    ("officeDocument", "word/document.xml", False),
                    ("core-properties", "docProps/core.xml", False),
                ]
            ),
            "docProps/core.xml": core.encode(),
            "word/document.xml": _document(self.body),
            "word/styles.xml": f"<w:styles {_NAMESPACES}>{self.styles}</w:styles>".encode(),
            "word/_rels/document.xml.rels": _relationships(arrows),
            **self.parts,
        }
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", method) as archive:
            for name, data in files.items():
                archive.writestr(name, data)
        return buffer.getvalue()

    def _types(self) -> str:
        overrides = "".join(
            f'<Override PartName="/{name}" ContentType="{_WORD}.part+xml"/>'
            for name in self.parts
            if name.startswith("word/") and name.endswith(".xml")
        )
        return (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{self.main_type}"/>{overrides}</Types>'
        )


def _document(body: str) -> bytes:
    return f"<w:document {_NAMESPACES}><w:body>{body}</w:body></w:document>".encode()


def _relationships(arrows: list[tuple[str, str, bool]]) -> bytes:
    rows = "".join(
        f'<Relationship Id="rId{number}" Type="{_ARROWS}/{kind}" Target={quoteattr(target)}'
        f' TargetMode="{"External" if external else "Internal"}"/>'
        for number, (kind, target, external) in enumerate(arrows, start=1)
    )
    head = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
    return f"<Relationships {head}>{rows}</Relationships>".encode()


def simple(text: str, properties: str = "", *, title: str = "") -> bytes:
    """A docx of one paragraph."""
    return Docx(paragraph(run(text, properties)), title=title).build()
