"""What reading one document may cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

_MIB: Final = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds of one extraction.

    Args:
        document_bytes: Size of the file. Default: 20 MiB.
        pages: Pages. Default: 500. Where a document does not say how many it has, 10,000 characters are one.
        page_bytes: Decoded content of one page. Default: 8 MiB.
        page_points: Width and height of a page in points. Default: 14400, which is the format's own limit.
        unpacked_bytes: All parts of a docx together. Default: 100 MiB.
        parts: Files in a docx. Default: 2000.
        depth: Elements within elements. Default: 200.
        objects: Objects of a PDF, elements of one part of a docx. Default: 300,000.
        text_chars: Characters of text, hidden text and asides together. Default: 1,000,000.
        cpu_seconds: Processor time. Default: 120.
        wall_seconds: Time on the clock. Default: 200; the function has 300.
        memory_bytes: Address space of the reading process. Default: 512 MiB.
    """

    document_bytes: int = 20 * _MIB
    pages: int = 500
    page_bytes: int = 8 * _MIB
    page_points: int = 14_400
    unpacked_bytes: int = 100 * _MIB
    parts: int = 2000
    depth: int = 200
    objects: int = 300_000
    text_chars: int = 1_000_000
    cpu_seconds: int = 120
    wall_seconds: int = 200
    memory_bytes: int = 512 * _MIB
