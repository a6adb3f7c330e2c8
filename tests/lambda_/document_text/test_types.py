"""A file is what its name says and nothing else, or it is not read."""

from __future__ import annotations

import codecs
import io
import zipfile

import pytest

from document_text import Limits, Refusal, RefusedError
from document_text.reading import read
from tests.lambda_.document_text import docx_files, pdf_files

PDF = pdf_files.simple(pdf_files.line("Hello"))
DOCX = docx_files.simple("Hello")
PAGE = b"<!doctype html><p>Hello</p>"


def _zip(**files: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in files.items():
            archive.writestr(name.replace("_", "/"), data)
    return buffer.getvalue()


def _odd_ole(text: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500 + text.encode("utf-16-le")


@pytest.mark.parametrize(
    ("name", "data", "refusal"),
    [
        ("a.exe", b"MZ", Refusal.TYPE_NOT_SUPPORTED),
        ("a", b"Hello", Refusal.NAME_NOT_ALLOWED),
        ("folder/a.txt", b"Hello", Refusal.NAME_NOT_ALLOWED),
        (".txt", b"Hello", Refusal.NAME_NOT_ALLOWED),
        ("a\n.txt", b"Hello", Refusal.NAME_NOT_ALLOWED),
        ("a.docm", DOCX, Refusal.MACROS),
        ("a.pdf", DOCX, Refusal.TYPE_MISMATCH),
        ("a.docx", PDF, Refusal.TYPE_MISMATCH),
        ("a.txt", PDF, Refusal.TYPE_MISMATCH),
        ("a.txt", DOCX, Refusal.TYPE_MISMATCH),
        ("a.txt", b"MZ\x90\x00", Refusal.TYPE_MISMATCH),
        ("a.txt", PAGE, Refusal.TYPE_MISMATCH),
        ("a.md", b"\n<!-- x --><html><body>Hello", Refusal.TYPE_MISMATCH),
        ("a.csv", b"{\\rtf1 Hello}", Refusal.TYPE_MISMATCH),
        ("a.html", b"Just words", Refusal.TYPE_MISMATCH),
        ("a.docx", _zip(xl_workbook=b"x"), Refusal.TYPE_MISMATCH),
        ("a.docx", _odd_ole("WordDocument"), Refusal.TYPE_MISMATCH),
        ("a.docx", _odd_ole("EncryptedPackage"), Refusal.ENCRYPTED),
        ("a.txt", b"\x00\x01\x02\x03 words", Refusal.ENCODING_UNKNOWN),
        ("a.txt", "Привет, мир".encode("cp1251"), Refusal.ENCODING_UNKNOWN),
        ("a.txt", codecs.BOM_UTF8 + b"\xff", Refusal.ENCODING_UNKNOWN),
        ("a.txt", b"  \n ", Refusal.NO_TEXT),
        ("a.txt", b"... --- ...", Refusal.NO_TEXT),
        ("a.pdf", pdf_files.simple(b"0 0 10 10 re f"), Refusal.NO_TEXT),
        ("a.pdf", PDF[:-40], Refusal.DAMAGED),
        ("a.docx", DOCX[:-40], Refusal.DAMAGED),
    ],
)
def test_what_is_not_what_it_says_is_refused(name: str, data: bytes, refusal: Refusal) -> None:
    with pytest.raises(RefusedError) as refused:
        read(name, data, Limits())
    assert refused.value.refusal is refusal


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.pdf", PDF + DOCX),
        ("a.pdf", b"GIF89a" + PDF),
        ("a.pdf", PDF + b"<script>alert(1)</script>"),
        ("a.docx", PDF + DOCX),
        ("a.docx", DOCX + PDF),
        ("a.docx", DOCX + b"trailing"),
        ("a.docx", b"PK\x03\x04%PDF-1.7" + DOCX),
        ("a.txt", b"words %PDF-1.7 words"),
        ("a.html", PAGE + DOCX),
        ("a.md", b"# Title\n" + DOCX),
    ],
)
def test_a_file_of_two_types_is_refused(name: str, data: bytes) -> None:
    """Each reader would see another document; one of them was not judged."""
    with pytest.raises(RefusedError) as refused:
        read(name, data, Limits())
    assert refused.value.refusal is Refusal.POLYGLOT


def test_every_refusal_has_a_sentence_that_says_what_to_do() -> None:
    for refusal in Refusal:
        assert refusal.sentence.endswith(".")
        assert 20 < len(refusal.sentence) <= 110, refusal
