"""A hostile file ends its own reader, within its bounds, and nothing else."""

from __future__ import annotations

import dataclasses
import io
import os
import time
import zipfile
import zlib
from typing import TYPE_CHECKING

import pytest

from document_text import Limits, Refusal, RefusedError, bounded, extract
from document_text.archive import Archive
from document_text.reading import read
from tests.lambda_.document_text import docx_files, pdf_files
from tests.lambda_.document_text.docx_files import Docx, paragraph, run

pytestmark = pytest.mark.slow

if TYPE_CHECKING:
    from pathlib import Path

MIB = 1024 * 1024
HELLO = pdf_files.line("Hello")


def _refusal(name: str, data: bytes, limits: Limits | None = None) -> Refusal:
    with pytest.raises(RefusedError) as refused:
        read(name, data, limits or Limits())
    return refused.value.refusal


def test_a_zip_bomb_is_refused_before_it_unpacks() -> None:
    data = Docx(paragraph(run("x")), parts={"word/media/a.png": b"\0" * (150 * MIB)}).build()
    assert len(data) < MIB
    assert _refusal("a.docx", data) is Refusal.UNPACKS_TOO_FAR


def test_a_part_that_says_it_is_small_is_read_no_further() -> None:
    """Its size in the archive's table is the attacker's own statement."""
    data = Docx("<w:p/>" * (12 * MIB // 6)).build()
    small = dataclasses.replace(Limits(), unpacked_bytes=20 * MIB)
    archive = Archive(data, small)
    archive.read("word/document.xml")
    with pytest.raises(RefusedError) as refused:
        archive.read("word/document.xml")
    assert refused.value.refusal is Refusal.UNPACKS_TOO_FAR


def test_parts_on_top_of_each_other_are_refused() -> None:
    """The way by which 10 MB unpack to petabytes."""
    data = docx_files.simple("x")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        first, second = archive.infolist()[:2]
    directory = data.rindex(b"PK\x01\x02" + data[data.index(b"PK\x01\x02") + 4 :][:4])
    assert directory
    at = data.index(second.filename.encode(), data.index(b"PK\x01\x02")) - 46
    forged = data[: at + 42] + first.header_offset.to_bytes(4, "little") + data[at + 46 :]
    assert _refusal("a.docx", forged) in {Refusal.UNPACKS_TOO_FAR, Refusal.POLYGLOT, Refusal.DAMAGED}


def test_too_many_parts_are_refused() -> None:
    data = Docx(paragraph(run("x")), parts={f"word/media/{n}.png": b"" for n in range(2001)}).build()
    assert _refusal("a.docx", data) is Refusal.TOO_COMPLEX


def test_a_billion_laughs_are_not_laughed() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    document = Docx(paragraph(run("x")), parts={"word/styles.xml": f"{bomb}<styles>&b;</styles>".encode()})
    assert _refusal("a.docx", document.build()) is Refusal.ACTIVE_CONTENT


def test_deep_nesting_is_refused() -> None:
    assert _refusal("a.docx", Docx("<w:p>" * 300 + "</w:p>" * 300).build()) is Refusal.NESTED_TOO_DEEP
    assert _refusal("a.html", b"<!doctype html>" + b"<div>" * 500 + b"x") is Refusal.NESTED_TOO_DEEP
    deep = pdf_files.simple(HELLO, catalog=b"/X " + b"[" * 300 + b"]" * 300)
    assert _refusal("a.pdf", deep) is Refusal.NESTED_TOO_DEEP


def test_many_pages_are_counted_and_not_read() -> None:
    started = time.monotonic()
    assert _refusal("a.pdf", pdf_files.many_pages(10_000)) is Refusal.TOO_MANY_PAGES
    assert time.monotonic() - started < 60


def test_a_count_that_lies_is_not_believed() -> None:
    data = pdf_files.many_pages(600).replace(b"/Count 600", b"/Count 001")
    assert _refusal("a.pdf", data) is Refusal.TOO_MANY_PAGES


def test_a_huge_page_is_refused() -> None:
    data = pdf_files.Pdf().page(HELLO, box=b"0 0 100000 100000").build()
    assert _refusal("a.pdf", data) is Refusal.PAGE_TOO_LARGE


def test_a_flate_bomb_is_refused() -> None:
    pdf = pdf_files.Pdf()
    pdf.page(HELLO)
    bomb = zlib.compress(b" " * (200 * MIB), 9)
    pdf.objects[0] = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(bomb), bomb)
    data = pdf.build()
    assert len(data) < MIB
    assert _refusal("a.pdf", data) in {Refusal.UNPACKS_TOO_FAR, Refusal.PAGE_TOO_LARGE}


def test_a_form_that_contains_itself_ends() -> None:
    pdf = pdf_files.Pdf()
    pdf.stream(
        b"/Fm Do", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /Fm 4 0 R >> >>"
    )
    pdf.page(HELLO + b"/Fm Do ", resources=b"/XObject << /Fm 4 0 R >>")
    assert _refusal("a.pdf", pdf.build()) is Refusal.NESTED_TOO_DEEP


def test_a_page_tree_in_a_circle_ends() -> None:
    data = pdf_files.simple(HELLO).replace(b"/Kids [5 0 R]", b"/Kids [2 0 R]")
    assert _refusal("a.pdf", data) in {Refusal.DAMAGED, Refusal.NO_TEXT, Refusal.UNPACKS_TOO_FAR}


def test_a_text_that_is_too_long_is_refused() -> None:
    assert _refusal("a.txt", b"word " * 300_000) is Refusal.TEXT_TOO_LONG


def test_time_is_up_when_the_kernel_says_so() -> None:
    """A reader in an endless loop cannot be asked to stop; it is killed."""
    quick = dataclasses.replace(Limits(), cpu_seconds=1, wall_seconds=30)
    started = time.monotonic()
    with pytest.raises(RefusedError) as refused:
        extract("a.pdf", _busy(), quick)
    assert refused.value.refusal is Refusal.TOOK_TOO_LONG
    assert time.monotonic() - started < 25


def test_a_reader_that_sleeps_is_killed_by_the_clock(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    sleeper = tmp_path / "child.py"
    sleeper.write_text("import time; time.sleep(60)")
    monkeypatch.setattr(bounded, "_CHILD", str(sleeper))
    with pytest.raises(RefusedError) as refused:
        extract("a.txt", b"words", dataclasses.replace(Limits(), wall_seconds=1))
    assert refused.value.refusal is Refusal.TOOK_TOO_LONG


def test_memory_is_bounded_by_the_kernel() -> None:
    little = dataclasses.replace(
        Limits(), memory_bytes=96 * MIB, document_bytes=200 * MIB, text_chars=200 * MIB
    )
    with pytest.raises(RefusedError) as refused:
        extract("a.txt", b"word " * (12 * MIB), little)
    assert refused.value.refusal is Refusal.TOOK_TOO_MUCH_MEMORY


def test_the_reader_has_no_credentials(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    spy = tmp_path / "child.py"
    spy.write_text(
        "import os, json; print(json.dumps(dict(kind='txt', title='', pages=1, hidden=[], asides=[],"
        " text=' '.join(sorted(os.environ)))))"
    )
    monkeypatch.setattr(bounded, "_CHILD", str(spy))
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    assert not [name for name in extract("a.txt", b"x", Limits()).text.split() if "AWS" in name]


@pytest.mark.parametrize(
    ("script", "refusal"),
    [
        ("import os; os.abort()", Refusal.TOOK_TOO_MUCH_MEMORY),
        ("print('no json')", Refusal.DAMAGED),
        ("print('{}')", Refusal.DAMAGED),
        ('print(\'{"refusal": "UNHEARD_OF"}\')', Refusal.DAMAGED),
        ("print('[' * 100000)", Refusal.DAMAGED),
        ("raise SystemExit(3)", Refusal.TOOK_TOO_MUCH_MEMORY),
    ],
)
def test_a_reader_that_ends_in_another_way_has_not_read(
    script: str, refusal: Refusal, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    child = tmp_path / "child.py"
    child.write_text(script)
    monkeypatch.setattr(bounded, "_CHILD", str(child))
    with pytest.raises(RefusedError) as refused:
        extract("a.txt", b"words", Limits())
    assert refused.value.refusal is refusal


def test_a_machine_without_processes_knows_nothing_about_the_document(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """That is no refusal: the document is tried again."""
    monkeypatch.setattr("sys.executable", os.devnull)
    with pytest.raises(OSError, match=r"."):
        extract("a.txt", b"words", Limits())


def _busy() -> bytes:
    """A PDF that takes a reader many seconds: pages full of operators."""
    pdf = pdf_files.Pdf()
    content = pdf.stream(b"BT /F1 9 Tf 9 9 Td (x) Tj ET\n" * 40_000)
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R >>" % content
    pdf.pages = [pdf.add(page) for _ in range(300)]
    return pdf.build()
