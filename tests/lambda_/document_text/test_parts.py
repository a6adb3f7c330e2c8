"""Of an office file only such parts are taken as office programs write, and each is what its name says."""

from __future__ import annotations

import io
import zipfile

import pytest

from document_text import Limits, Refusal, RefusedError
from document_text.reading import read
from tests.lambda_.document_text import pdf_files
from tests.lambda_.document_text.docx_files import Docx, paragraph, run

BODY = paragraph(run("Hello"))
HELLO = pdf_files.line("Hello")
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/xl/workbook.xml" ContentType="{}"/></Types>'
)
_ARROW = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" '
    'Target="{}" TargetMode="External"/></Relationships>'
)
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


def workbook(parts: dict[str, bytes] | None = None, kind: str = _SHEET) -> bytes:
    """A workbook as a chart carries it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", _TYPES.format(kind))
        archive.writestr("xl/workbook.xml", "<workbook/>")
        for name, data in (parts or {}).items():
            archive.writestr(name, data)
    return buffer.getvalue()


def _refusal(name: str, data: bytes) -> Refusal | None:
    try:
        read(name, data, Limits())
    except RefusedError as error:
        return error.refusal
    return None


def _with(parts: dict[str, bytes]) -> Refusal | None:
    return _refusal("a.docx", Docx(BODY, parts=parts).build())


@pytest.mark.parametrize(
    "parts",
    [
        {"word/media/x.ps1": b"evil"},
        {"word/media/x.hta": b"<html>"},
        {"x.lnk": b"L\0\0\0"},
        {"y.bat": b"@echo"},
        {"word/media/x": b"data"},
        {"word/media/x.png": b"MZ\x90\0" + b"x" * 100},
        {"word/media/x.png": b"PK\x03\x04"},
        {"word/media/x.svg": b"<svg onload=alert(1)></svg>"},
        {"word/x.xml": b"MZ\x90\0"},
        {"word/fonts/x.ttf": b"MZ\x90\0"},
        {"word/fonts/x.odttf": b"PK\x03\x04"},
        {"word/embeddings/x.docx": workbook()},
        {"word/embeddings/x.xlsx": workbook({"xl/embeddings/y.xlsx": workbook()})},
        {"word/embeddings/x.xlsx": workbook({"xl/evil.exe": b"MZ"})},
        {"word/embeddings/x.xlsx": workbook({"xl/activeX1.bin": b"\xd0\xcf\x11\xe0"})},
        {"word/printerSettings/p.bin": b"\xd0\xcf\x11\xe0"},
    ],
)
def test_a_part_that_is_none_of_a_document_is_refused(parts: dict[str, bytes]) -> None:
    assert _with(parts) in (Refusal.EMBEDDED_FILE, Refusal.ACTIVE_CONTENT)


@pytest.mark.parametrize(
    ("inner", "refusal"),
    [
        (workbook({"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"}), Refusal.MACROS),
        (workbook(kind="application/vnd.ms-excel.sheet.macroEnabled.main+xml"), Refusal.MACROS),
        (workbook({"xl/_rels/workbook.xml.rels": _ARROW.format("externalLinkPath", "file://x").encode()}),
         Refusal.EXTERNAL_REFERENCE),
        (workbook({"xl/_rels/workbook.xml.rels": _ARROW.format("externalLink", "x").encode()}),
         Refusal.EXTERNAL_REFERENCE),
        (b"MZ", Refusal.DAMAGED),
        (workbook({"xl/big.xml": b"<" + b" " * 101 * 1024 * 1024}), Refusal.UNPACKS_TOO_FAR),
    ],
)  # fmt: skip
def test_a_workbook_is_opened(inner: bytes, refusal: Refusal) -> None:
    assert _with({"word/embeddings/sheet.xlsx": inner}) is refusal


@pytest.mark.parametrize(
    "address",
    [
        "file://evil/share",
        "\\\\evil\\share",
        "//evil/share",
        "smb://evil/x",
        "other.docx",
        "ftp://x",
        "ms-word:x",
    ],
)
def test_a_link_that_shows_no_page_is_refused(address: str) -> None:
    linked = Docx(BODY, arrows=[("hyperlink", address, True)]).build()
    assert _refusal("a.docx", linked) is Refusal.EXTERNAL_REFERENCE
    escaped = address.replace("\\", "\\\\")
    field = f'<w:p><w:r><w:instrText>HYPERLINK "{escaped}"</w:instrText></w:r><w:r><w:t>Hi</w:t></w:r></w:p>'
    assert _refusal("a.docx", Docx(BODY + field).build()) is Refusal.EXTERNAL_REFERENCE


@pytest.mark.parametrize(
    "parts",
    [
        {"word/embeddings/figures.xlsx": workbook({"xl/worksheets/sheet1.xml": b"<worksheet/>"})},
        {"word/media/image1.png": PNG, "word/media/image2.JPEG": b"\xff\xd8\xff\xe0" + b"\0" * 40},
        {
            "word/media/image1.emf": b"\x01\0\0\0" + b"\0" * 36 + b" EMF",
            "word/media/a.wmf": b"\xd7\xcd\xc6\x9a",
        },
        {
            "word/media/icon.svg": b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><path/></svg>'
        },
        {
            "word/fonts/font1.odttf": b"\x8a\x11" * 40,
            "word/fonts/Roboto-regular.ttf": b"\0\1\0\0" + b"\0" * 40,
        },
        {"customXml/item1.xml": b"<b:Sources xmlns:b='x'/>", "word/printerSettings1.bin": b"H\0P\0" * 20},
        {"docProps/thumbnail.jpeg": b"\xff\xd8\xff\xe0", "word/media/": b""},
        {"word/people.xml": b"\xef\xbb\xbf<w15:people xmlns:w15='x'/>"},
    ],
)
def test_the_parts_of_ordinary_documents_are_taken(parts: dict[str, bytes]) -> None:
    assert _with(parts) is None


@pytest.mark.parametrize(
    "instruction", ['HYPERLINK "https://example.com/a"', 'HYPERLINK \\l "_Toc1"', "PAGE"]
)
def test_ordinary_fields_are_taken(instruction: str) -> None:
    field = f"<w:p><w:r><w:instrText>{instruction}</w:instrText></w:r></w:p>"
    assert _refusal("a.docx", Docx(BODY + field).build()) is None


def test_a_part_is_found_whatever_the_case_of_its_name() -> None:
    """Word finds it, so its styles hide what it shows."""
    styled = Docx(paragraph(run("Hello"), run("not for eyes", '<w:rStyle w:val="Ghost"/>')))
    ghost = '<w:style w:type="character" w:styleId="Ghost"><w:rPr><w:vanish/></w:rPr></w:style>'
    namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    styled.parts["word/More.XML"] = f"<w:styles {namespace}>{ghost}</w:styles>".encode()
    styled.arrows.append(("styles", "mor%65.xml", False))
    assert read("a.docx", styled.build(), Limits()).text == "Hello"


@pytest.mark.parametrize(
    "catalog",
    [
        b"/OpenAction << /S /URI /URI (https://evil.example/x) >>",
        b"/OpenAction << /S /Named /N /Print >>",
        b"/OpenAction << /S /Named /N /NextPage >>",
        b"/AA << /WC << /S /URI /URI (https://evil.example/x) >> >>",
        b"/OpenAction << /S /GoTo /D [4 0 R /Fit] /Next << /S /URI /URI (https://evil.example/x) >> >>",
        b"/OpenAction << /S /GoTo /D [4 0 R /Fit] /Next [<< /S /Named /N /Print >>] >>",
        b"/OpenAction << /S /Unknown >>",
    ],
)
def test_a_pdf_that_does_something_by_itself_is_refused(catalog: bytes) -> None:
    assert _refusal("a.pdf", pdf_files.simple(HELLO, catalog=catalog)) is Refusal.ACTIVE_CONTENT


@pytest.mark.parametrize(
    ("action", "refusal"),
    [
        (b"/S /Named /N /Print", Refusal.ACTIVE_CONTENT),
        (b"/S /Unknown", Refusal.ACTIVE_CONTENT),
        (b"/S /URI /URI (file://evil/share)", Refusal.EXTERNAL_REFERENCE),
        (b"/S /URI /URI (javascript:app.alert\\(1\\))", Refusal.EXTERNAL_REFERENCE),
        (b"/S /URI /URI (\\\\\\\\evil\\\\share)", Refusal.EXTERNAL_REFERENCE),
        (b"/S /Named /N /NextPage", None),
        (b"/S /URI /URI (https://example.com/a:b)", None),
        (b"/S /URI /URI (www.example.com)", None),
        (b"/S /URI /URI (mailto:anna@example.com)", None),
        (b"/S /GoTo /D [4 0 R /Fit]", None),
    ],
)
def test_a_link_of_a_pdf_shows_a_page_or_turns_one(action: bytes, refusal: Refusal | None) -> None:
    annotation = b"/Annots [<< /Type /Annot /Rect [0 0 9 9] /Subtype /Link /A << %s >> >>]" % action
    assert _refusal("a.pdf", pdf_files.simple(HELLO, entries=annotation)) is refusal
