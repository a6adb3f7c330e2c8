"""Documents that act, hold files, or take content from elsewhere are not read."""

from __future__ import annotations

import pytest

from document_text import Limits, Refusal, RefusedError
from document_text.reading import read
from tests.lambda_.document_text import docx_files, pdf_files
from tests.lambda_.document_text.docx_files import Docx, paragraph, run

HELLO = pdf_files.line("Hello")
BODY = paragraph(run("Hello"))
FIELD = (
    "<w:p><w:r><w:instrText>{}</w:instrText></w:r><w:r><w:instrText>{}</w:instrText></w:r>"
    "<w:r><w:t>Hi</w:t></w:r></w:p>"
)
ENCRYPTED = b"/Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O (%s) /U (%s) >> /ID [(a) (b)]" % (
    b"o" * 32,
    b"u" * 32,
)
ATTACHED = (
    b"/Names << /EmbeddedFiles << /Names [(a.txt) << /Type /Filespec /F (a.txt) /EF << /F 3 0 R >> >>] >> >>"
)


def _annotation(inside: bytes) -> bytes:
    return pdf_files.simple(HELLO, entries=b"/Annots [<< /Type /Annot /Rect [0 0 9 9] %s >>]" % inside)


def _opened(action: bytes) -> bytes:
    return pdf_files.simple(HELLO, catalog=b"/OpenAction " + action)


def _linked(kind: str, target: str, *, external: bool = True) -> bytes:
    return Docx(BODY, arrows=[(kind, target, external)]).build()


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (_opened(b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"), Refusal.ACTIVE_CONTENT),
        (_opened(b"[] /Names << /JavaScript << >> >>"), Refusal.ACTIVE_CONTENT),
        (_opened(b"<< /S /Launch /F (calc.exe) >>"), Refusal.ACTIVE_CONTENT),
        (pdf_files.simple(HELLO, catalog=b"/AcroForm << /Fields [] /XFA [] >>"), Refusal.ACTIVE_CONTENT),
        (_opened(b"[] /AA << /WC << /S /SubmitForm /F (http://x) >> >>"), Refusal.ACTIVE_CONTENT),
        (_annotation(b"/Subtype /RichMedia"), Refusal.ACTIVE_CONTENT),
        (_annotation(b"/Subtype /Link /A << /S /GoToR /F (other.pdf) >>"), Refusal.EXTERNAL_REFERENCE),
        (_annotation(b"/Subtype /Link /A << /S /URI /Next << /S /Launch >> >>"), Refusal.ACTIVE_CONTENT),
        (_annotation(b"/Subtype /FileAttachment"), Refusal.EMBEDDED_FILE),
        (pdf_files.simple(HELLO, catalog=ATTACHED), Refusal.EMBEDDED_FILE),
        (pdf_files.Pdf().page(HELLO).build(trailer=ENCRYPTED), Refusal.ENCRYPTED),
    ],
)  # fmt: skip
def test_a_pdf_that_acts_is_refused(data: bytes, refusal: Refusal) -> None:
    with pytest.raises(RefusedError) as refused:
        read("a.pdf", data, Limits())
    assert refused.value.refusal is refusal


@pytest.mark.parametrize(
    "data",
    [
        pdf_files.simple(HELLO, catalog=b"/OpenAction [4 0 R /Fit]"),
        pdf_files.simple(HELLO, catalog=b"/OpenAction << /S /GoTo /D [4 0 R /Fit] >>"),
        _annotation(b"/Subtype /Link /A << /S /URI /URI (https://example.com) >>"),
        pdf_files.simple(HELLO, catalog=b"/Outlines << /Type /Outlines /Count 0 >>"),
    ],
)
def test_links_and_first_views_are_harmless(data: bytes) -> None:
    assert read("a.pdf", data, Limits()).text == "Hello"


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (Docx(BODY, main_type=docx_files.MACRO_TYPE).build(), Refusal.MACROS),
        (Docx(BODY, parts={"word/vbaProject.bin": b"x"}).build(), Refusal.MACROS),
        (Docx(BODY, parts={"word/embeddings/oleObject1.bin": b"x"}).build(), Refusal.EMBEDDED_FILE),
        (Docx(BODY, parts={"word/embeddings/tool.exe": b"x"}).build(), Refusal.EMBEDDED_FILE),
        (_linked("attachedTemplate", "https://evil.example/t.dotm"), Refusal.EXTERNAL_REFERENCE),
        (_linked("attachedTemplate", "file:///C:/t.dotx"), Refusal.EXTERNAL_REFERENCE),
        (_linked("image", "https://evil.example/p.png"), Refusal.EXTERNAL_REFERENCE),
        (_linked("oleObject", "https://evil.example/o"), Refusal.EXTERNAL_REFERENCE),
        (_linked("hyperlink", "javascript:alert(1)"), Refusal.EXTERNAL_REFERENCE),
        (_linked("hyperlink", "ms-msdt:/id x"), Refusal.EXTERNAL_REFERENCE),
        (_linked("aFChunk", "part.html", external=False), Refusal.EMBEDDED_FILE),
        (_linked("package", "embeddings/sheet.xlsm", external=False), Refusal.EMBEDDED_FILE),
        (Docx(BODY + '<w:altChunk r:id="rId9"/>').build(), Refusal.EMBEDDED_FILE),
        (Docx(FIELD.format("DDE", "AUTO c:\\\\cmd.exe")).build(), Refusal.ACTIVE_CONTENT),
        (Docx('<w:p><w:fldSimple w:instr="DDE cmd"/></w:p>' + BODY).build(), Refusal.ACTIVE_CONTENT),
        (Docx(FIELD.format("INCLUDEPICTURE ", '"https://evil.example/x"')).build(), Refusal.ACTIVE_CONTENT),
    ],
)
def test_a_docx_that_acts_is_refused(data: bytes, refusal: Refusal) -> None:
    with pytest.raises(RefusedError) as refused:
        read("a.docx", data, Limits())
    assert refused.value.refusal is refusal


@pytest.mark.parametrize(
    "data",
    [
        _linked("hyperlink", "https://example.com/a?b=c&d=e"),
        _linked("hyperlink", "mailto:anna@example.com"),
        _linked("package", "embeddings/figures.xlsx", external=False),
        Docx(FIELD.format("PAGE ", "\\* MERGEFORMAT")).build(),
        Docx(FIELD.format("TOC ", '\\o "1-3" \\h')).build(),
    ],
)
def test_links_charts_and_page_numbers_are_harmless(data: bytes) -> None:
    assert read("a.docx", data, Limits()).text in ("Hello", "Hi")


@pytest.mark.parametrize(
    ("inside", "refusal"),
    [
        ("<script>alert(1)</script>", Refusal.ACTIVE_CONTENT),
        ("<img src=x onerror=alert(1)>", Refusal.ACTIVE_CONTENT),
        ("<IFRAME src='https://evil.example'></IFRAME>", Refusal.ACTIVE_CONTENT),
        ("<object data=x></object>", Refusal.ACTIVE_CONTENT),
        ("<embed src=x>", Refusal.ACTIVE_CONTENT),
        ("<a href=' java\tscript:alert(1)'>x</a>", Refusal.ACTIVE_CONTENT),
        ("<a href='&#106;avascript:alert(1)'>x</a>", Refusal.ACTIVE_CONTENT),
        ("<a href='data:text/html,x'>x</a>", Refusal.ACTIVE_CONTENT),
        ("<meta http-equiv=refresh content='0;url=https://evil.example'>", Refusal.ACTIVE_CONTENT),
        ("<form action='https://evil.example'></form>", Refusal.ACTIVE_CONTENT),
        ("<svg><script>alert(1)</script></svg>", Refusal.ACTIVE_CONTENT),
        ("<base href='https://evil.example'>", Refusal.ACTIVE_CONTENT),
        ("<link rel=stylesheet href='https://evil.example/x.css'>", Refusal.EXTERNAL_REFERENCE),
        ("<style>@import url(https://evil.example/x.css)</style>", Refusal.EXTERNAL_REFERENCE),
    ],
)
def test_a_page_that_acts_is_refused(inside: str, refusal: Refusal) -> None:
    """What changes what people see was not judged with the text."""
    for name, text in (("a.html", f"<!doctype html><p>Hi</p>{inside}"), ("a.md", f"Hi\n\n{inside}\n")):
        if name == "a.md" and "@import" in text:
            continue  # Markdown readers take no style elements
        with pytest.raises(RefusedError) as refused:
            read(name, text.encode(), Limits())
        assert refused.value.refusal is refusal, name


def test_code_about_scripts_is_text() -> None:
    text = "Use `<script>` so:\n\n```html\n<script>alert(1)</script>\n<iframe></iframe>\n```\n"
    assert "<script>alert(1)</script>" in read("a.md", text.encode(), Limits()).text


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "=cmd|' /C calc'!A0",
        "@SUM(1+1)",
        "+SUM(A1)",
        "-2+3+cmd|' /C calc'!A0",
        '=HYPERLINK("http://x")',
        " =A1",
    ],
)
def test_a_table_with_a_formula_is_refused(cell: str) -> None:
    escaped = cell.replace('"', '""')
    with pytest.raises(RefusedError) as refused:
        read("a.csv", f'name,value\nx,"{escaped}"\n'.encode(), Limits())
    assert refused.value.refusal is Refusal.FORMULA


@pytest.mark.parametrize(
    "cell", ["-5", "+49 (30) 123456", "@anna", "=====", "-", "- item (two)", "+1.5 %", "a=b"]
)
def test_numbers_phones_handles_and_rulers_are_data(cell: str) -> None:
    assert cell.strip() in read("a.csv", f"name,value\nx,{cell}\n".encode(), Limits()).text
