"""Ordinary files of every type come out as the text that people see, in a process of their own."""

from __future__ import annotations

import pytest

from document_text import Extracted, Kind, Limits, extract
from tests.lambda_.document_text import docx_files, pdf_files

LIMITS = Limits()


def _read(name: str, data: bytes) -> Extracted:
    return extract(name, data, LIMITS)


@pytest.mark.parametrize(
    ("name", "data", "kind", "text"),
    [
        ("a.txt", "Schöne Grüße\r\naus Köln".encode(), Kind.TEXT, "Schöne Grüße\naus Köln"),
        ("a.txt", "Grüße".encode("utf-16"), Kind.TEXT, "Grüße"),
        ("a.csv", "Name;Größe\nAnna;5\n".encode("cp1252"), Kind.CSV, "Name | Größe\nAnna | 5"),
        ("a.md", b"# Plan\n\nStep **one**.", Kind.MARKDOWN, "Plan\n\nStep one."),
        ("a.HTML", b"<!doctype html><title>T</title><p>One<p>Two", Kind.HTML, "One\n\nTwo"),
        ("a.docx", docx_files.simple("Hello from Word"), Kind.DOCX, "Hello from Word"),
        ("a.pdf", pdf_files.simple(pdf_files.line("Hello from a page")), Kind.PDF, "Hello from a page"),
    ],
)
def test_each_type_is_read(name: str, data: bytes, kind: Kind, text: str) -> None:
    found = _read(name, data)
    assert (found.kind, found.text, found.hidden) == (kind, text, ())
