"""Makes PDF files by hand: every object is the test's own, sound or hostile."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field

_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"


@dataclass
class Pdf:
    """A PDF under construction. Objects 1 and 2 are the catalog and the page tree, 3 is a font."""

    catalog: bytes = b""
    objects: list[bytes] = field(default_factory=list[bytes])
    pages: list[int] = field(default_factory=list[int])

    def add(self, body: bytes) -> int:
        """Add an object; gives its number."""
        self.objects.append(body)
        return len(self.objects) + 3

    def stream(self, data: bytes, entries: bytes = b"", *, packed: bool = True) -> int:
        """Add a stream."""
        if packed:
            data, entries = zlib.compress(data), entries + b" /Filter /FlateDecode"
        return self.add(b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), entries, data))

    def page(
        self, content: bytes, *, entries: bytes = b"", resources: bytes = b"", box: bytes = b"0 0 595 842"
    ) -> Pdf:
        """Add a page with this content stream."""
        stream = self.stream(content)
        number = self.add(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [%s] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> %s >> %s >>" % (box, stream, resources, entries)
        )
        self.pages.append(number)
        return self

    def build(self, *, version: bytes = b"1.7", trailer: bytes = b"") -> bytes:
        """The file."""
        kids = b" ".join(b"%d 0 R" % number for number in self.pages)
        fixed = [
            b"<< /Type /Catalog /Pages 2 0 R %s >>" % self.catalog,
            b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(self.pages)),
            _FONT,
        ]
        out = b"%%PDF-%s\n%%\xe2\xe3\xcf\xd3\n" % version
        offsets: list[int] = []
        for number, body in enumerate([*fixed, *self.objects], start=1):
            offsets.append(len(out))
            out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
        table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
        start = len(out)
        out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(offsets) + 1, table)
        return out + b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (
            len(offsets) + 1,
            trailer,
            start,
        )


def line(text: str, *, x: float = 72, y: float = 720, size: float = 12, before: str = "") -> bytes:
    """A content stream that writes one line.

    Args:
        text: In Latin letters.
        x: From the left.
        y: From the bottom.
        size: In points.
        before: Operators that set colour, mode or state.
    """
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"q {before} BT /F1 {size} Tf {x} {y} Td ({escaped}) Tj ET Q\n".encode("cp1252")


def simple(*lines: bytes, catalog: bytes = b"", entries: bytes = b"", resources: bytes = b"") -> bytes:
    """A PDF of one page."""
    return Pdf(catalog=catalog).page(b"".join(lines), entries=entries, resources=resources).build()


def many_pages(count: int) -> bytes:
    """A PDF of so many pages, each with a word."""
    pdf = Pdf()
    content = pdf.stream(line("word"))
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R >>" % content
    pdf.pages = [pdf.add(page) for _ in range(count)]
    return pdf.build()
