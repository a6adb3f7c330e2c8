"""Text that people do not see is told apart, and text that they see is not."""

from __future__ import annotations

import pytest

from document_text import Extracted, HiddenWay, Limits
from document_text.reading import read
from tests.lambda_.document_text import pdf_files
from tests.lambda_.document_text.docx_files import Docx, paragraph, run
from tests.lambda_.document_text.pdf_files import line

SEEN = "Seen by all."
UNSEEN = "not for eyes"
_LAYER = b"/OCProperties << /OCGs [%d 0 R] /D << %s >> >>"
_TABLE_STYLE = (
    '<w:style w:type="table" w:styleId="T"><w:tblStylePr w:type="firstRow">'
    '<w:rPr><w:color w:val="FFFFFF"/></w:rPr>{}</w:tblStylePr></w:style>'
)


def _pdf(*lines: bytes, resources: bytes = b"") -> Extracted:
    return read("a.pdf", pdf_files.simple(line(SEEN), *lines, resources=resources), Limits())


def _ways(found: Extracted) -> set[HiddenWay]:
    return {hidden.way for hidden in found.hidden}


@pytest.mark.parametrize(
    ("lines", "way"),
    [
        ((line(UNSEEN, y=600, before="1 1 1 rg"),), HiddenWay.COLOUR),
        ((line(UNSEEN, y=600, before="0.97 g"),), HiddenWay.COLOUR),
        ((line(UNSEEN, y=600, before="0 0 0 0 k"),), HiddenWay.COLOUR),
        ((line(UNSEEN, y=600, before="/DeviceRGB cs 1 1 1 sc"),), HiddenWay.COLOUR),
        ((b"0 0 0.4 rg 0 500 595 200 re f ", line(UNSEEN, y=600, before="0 0 0.42 rg")), HiddenWay.COLOUR),
        ((line(UNSEEN, y=600, before="3 Tr"),), HiddenWay.INVISIBLE),
        ((line(UNSEEN, y=600, before="7 Tr"),), HiddenWay.INVISIBLE),
        ((line(UNSEEN, y=600, size=0.5),), HiddenWay.SIZE),
        ((line(UNSEEN, y=60, before="0.01 0 0 0.01 100 100 cm"),), HiddenWay.SIZE),
        ((line(UNSEEN, y=600, before="1 Tz"),), HiddenWay.SIZE),
        ((line(UNSEEN, x=2000, y=600),), HiddenWay.OFF_PAGE),
        ((line(UNSEEN, y=-300),), HiddenWay.OFF_PAGE),
        ((line(UNSEEN, y=600, before="0 0 20 20 re W n"),), HiddenWay.OFF_PAGE),
        ((line(UNSEEN, y=600), b"1 1 1 rg 60 590 300 30 re f "), HiddenWay.COVERED),
        ((line(UNSEEN, y=600, before="/Clear gs"),), HiddenWay.TRANSPARENT),
    ],
)
def test_hidden_text_of_a_pdf_is_found(lines: tuple[bytes, ...], way: HiddenWay) -> None:
    found = _pdf(*lines, resources=b"/ExtGState << /Clear << /ca 0 >> >>")
    assert _ways(found) == {way}
    assert sum(hidden.chars for hidden in found.hidden) >= 10


@pytest.mark.parametrize(
    "lines",
    [
        (b"0.1 0.2 0.4 rg 60 590 300 30 re f ", line("white on a dark bar", y=600, before="1 1 1 rg")),
        (b"/Im Do ", line("white on a picture", y=600, before="1 1 1 rg")),
        (b"1 1 0.6 rg 60 590 300 30 re f ", line("black on a mark", y=600, before="0 g")),
        (line("under a clear mark", y=600), b"/Half gs 1 1 0 rg 60 590 300 30 re f "),
        (line("grey", y=600, before="0.6 g"),),
        (line("a footnote", y=40, size=5),),
        (line("outlined", y=600, before="1 Tr 0 0 0 RG 1 1 1 rg"),),
        (line("turned", y=0, before="0 1 -1 0 300 300 cm"),),
        (b"0 0 595 842 re W n ", line("in a page's own clip", y=600)),
    ],
)
def test_text_of_a_pdf_that_can_be_seen_is_not_called_hidden(lines: tuple[bytes, ...]) -> None:
    resources = b"/ExtGState << /Half << /ca 0.4 /BM /Multiply >> >> /XObject << /Im 4 0 R >>"
    pdf = pdf_files.Pdf()
    image = b"/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"
    pdf.stream(b"\x10", image)
    content = b"".join(lines).replace(b"/Im Do", b"q 595 0 0 842 0 0 cm /Im Do Q")
    data = pdf.page(content + line(SEEN, y=800, before="0 g"), resources=resources).build()
    assert read("a.pdf", data, Limits()).hidden == ()


@pytest.mark.parametrize(
    ("default", "hidden"), [(b"/OFF [%d 0 R]", True), (b"/ON [%d 0 R]", False), (b"/BaseState /OFF", True)]
)
def test_a_layer_that_is_off_is_hidden(default: bytes, *, hidden: bool) -> None:
    pdf = pdf_files.Pdf()
    layer = pdf.add(b"<< /Type /OCG /Name (Layer) >>")
    pdf.catalog = _LAYER % (layer, default % layer if b"%d" in default else default)
    content = line(SEEN) + b"/OC /L BDC " + line(UNSEEN, y=600) + b"EMC "
    pdf.page(content, resources=b"/Properties << /L %d 0 R >>" % layer)
    assert (_ways(read("a.pdf", pdf.build(), Limits())) == {HiddenWay.LAYER}) is hidden


def test_text_in_a_form_is_looked_at() -> None:
    pdf = pdf_files.Pdf()
    inside = line(UNSEEN, y=600, before="1 1 1 rg")
    form = pdf.stream(
        inside, b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >>"
    )
    pdf.page(line(SEEN) + b"/Fm Do ", resources=b"/XObject << /Fm %d 0 R >>" % form)
    assert _ways(read("a.pdf", pdf.build(), Limits())) == {HiddenWay.COLOUR}


def _table(text: str, *, table: str = "", row: str = "", cell: str = "", properties: str = "") -> str:
    return (
        f"<w:tbl><w:tblPr>{table}</w:tblPr><w:tr><w:trPr>{row}</w:trPr><w:tc><w:tcPr>{cell}</w:tcPr>"
        f"{paragraph(run(text, properties))}</w:tc></w:tr></w:tbl>"
    )


def _docx(properties: str = "", *, body: str = "", styles: str = "") -> Extracted:
    inside = body or paragraph(run(SEEN), run(UNSEEN, properties))
    return read("a.docx", Docx(inside, styles=styles).build(), Limits())


@pytest.mark.parametrize(
    ("properties", "way"),
    [
        ("<w:vanish/>", HiddenWay.INVISIBLE),
        ('<w:vanish w:val="true"/>', HiddenWay.INVISIBLE),
        ('<w:color w:val="FFFFFF"/>', HiddenWay.COLOUR),
        ('<w:color w:val="auto" w:themeColor="background1"/>', HiddenWay.COLOUR),
        ('<w:color w:val="1F3864"/><w:shd w:fill="1F3864"/>', HiddenWay.COLOUR),
        ('<w:sz w:val="2"/>', HiddenWay.SIZE),
        ('<w:w w:val="1"/>', HiddenWay.SIZE),
        ("<w14:textFill><w14:noFill/></w14:textFill>", HiddenWay.TRANSPARENT),
        (
            '<w14:textFill><w14:solidFill><w14:srgbClr w14:val="FFFFFF"/></w14:solidFill></w14:textFill>',
            HiddenWay.COLOUR,
        ),
        ('<w:rStyle w:val="Ghost"/>', HiddenWay.INVISIBLE),
    ],
)
def test_hidden_text_of_a_docx_is_taken_out(properties: str, way: HiddenWay) -> None:
    styles = '<w:style w:type="character" w:styleId="Base"><w:rPr><w:vanish/></w:rPr></w:style>'
    styles += '<w:style w:type="character" w:styleId="Ghost"><w:basedOn w:val="Base"/></w:style>'
    found = _docx(properties, styles=styles)
    assert _ways(found) == {way}
    assert found.text == SEEN


@pytest.mark.parametrize(
    ("body", "way"),
    [
        (paragraph(run(UNSEEN), properties='<w:pStyle w:val="P"/>'), HiddenWay.COLOUR),
        (paragraph(run(UNSEEN), properties='<w:ind w:left="-30000"/>'), HiddenWay.OFF_PAGE),
        (paragraph(run(UNSEEN), properties='<w:spacing w:line="20" w:lineRule="exact"/>'), HiddenWay.SIZE),
        (_table(UNSEEN, table='<w:tblStyle w:val="T"/>'), HiddenWay.COLOUR),
        (_table(UNSEEN, row='<w:trHeight w:val="1" w:hRule="exact"/>'), HiddenWay.SIZE),
    ],
)  # fmt: skip
def test_paragraphs_and_tables_of_a_docx_can_hide(body: str, way: HiddenWay) -> None:
    styles = '<w:style w:type="paragraph" w:styleId="P"><w:rPr><w:color w:val="FEFEFE"/></w:rPr></w:style>'
    found = _docx(body=paragraph(run(SEEN)) + body, styles=styles + _TABLE_STYLE.format(""))
    assert way in _ways(found)
    assert UNSEEN not in found.text


@pytest.mark.parametrize(
    "body",
    [
        paragraph(run("plain"), properties="<w:rPr><w:vanish/></w:rPr>"),
        paragraph(run("shown again", '<w:vanish w:val="0"/>')),
        paragraph(run("page", ""), run("12", "<w:webHidden/>"), run("xiv", "<w:webHidden/>")),
        paragraph(run("automatic", '<w:color w:val="auto"/>')),
        paragraph(run("white on blue", '<w:color w:val="FFFFFF"/><w:shd w:fill="1F3864"/>')),
        paragraph(run("white on a marker", '<w:color w:val="FFFFFF"/><w:highlight w:val="darkBlue"/>')),
        _table("head", cell='<w:shd w:fill="1F3864"/>', properties='<w:color w:val="FFFFFF"/>'),
        _table("styled head", table='<w:tblStyle w:val="T"/>'),
    ],
)  # fmt: skip
def test_text_of_a_docx_that_can_be_seen_is_not_called_hidden(body: str) -> None:
    shaded = _TABLE_STYLE.format('<w:tcPr><w:shd w:fill="1F3864"/></w:tcPr>')
    assert _docx(body=body, styles=shaded).hidden == ()


def test_what_stands_beside_a_docx_is_kept_apart() -> None:
    body = paragraph(run(SEEN), "<w:del><w:r><w:delText>struck out</w:delText></w:r></w:del>")
    document = Docx(body, title="The title").part("comments", "comments", paragraph(run("a comment")))
    document.part("header1", "hdr", paragraph(run("never linked")))
    found = read("a.docx", document.build(), Limits())
    assert (found.title, found.text) == ("The title", SEEN)
    assert {(aside.where, " ".join(aside.text.split())) for aside in found.asides} >= {
        ("deleted", "struck out"),
        ("comment", "a comment"),
    }


def _html(inside: str) -> Extracted:
    return read("a.html", f"<!doctype html><body><p>{SEEN}</p>{inside}".encode(), Limits())


@pytest.mark.parametrize(
    "attributes",
    [
        "hidden",
        'style="display:none"',
        'style="DISPLAY : none !important"',
        'style="visibility:hidden"',
        'style="opacity:0"',
        'style="opacity:0.01"',
        'style="font-size:0"',
        'style="font-size:1px"',
        'style="color:white"',
        'style="color:#fefefe"',
        'style="color:rgb(255,255,255)"',
        'style="background:#123456;color:#123457"',
        'style="color:transparent"',
        'style="color:rgba(0,0,0,0)"',
        'style="position:absolute;left:-9999px"',
        'style="text-indent:-9999px"',
        'style="transform:scale(0)"',
        'style="clip-path:inset(100%)"',
        'style="height:0;overflow:hidden"',
        'style="d\\69splay:none"',
        'class="ghost"',
        'class="x ghost y"',
        'id="tomb"',
        'class="faint"',
    ],
)
def test_hidden_text_of_a_page_is_taken_out(attributes: str) -> None:
    sheet = "<style>.ghost{display:none} #tomb{opacity:0} @media screen{.faint{color:#fff}}</style>"
    for markup in (f"<div {attributes}>{UNSEEN}</div>", f"<div {attributes}><p><b>{UNSEEN}</b></p></div>"):
        found = _html(sheet + markup)
        assert found.text == SEEN
        assert UNSEEN in {hidden.text for hidden in found.hidden}


@pytest.mark.parametrize(
    "inside",
    [
        '<div style="background:#036;color:#fff">white on blue</div>',
        '<div style="background:#036 url(x.png);color:#fff">white on a picture</div>',
        '<div class="dark"><span>white by a sheet</span></div>',
        "<p hidden></p><p>after an empty one",
        '<p style="font-size:9px">small print</p>',
        '<table bgcolor="#000080"><tr><td><font color="white">head</font></td></tr></table>',
        '<div style="opacity:0.8">nearly opaque</div>',
        '<a style="color:#06c">link</a>',
    ],
)
def test_text_of_a_page_that_can_be_seen_is_not_called_hidden(inside: str) -> None:
    found = _html(f"<style>.dark{{background-color:#222;color:#fff}} a:hover{{opacity:0}}</style>{inside}")
    assert found.hidden == ()
    assert len(found.text) > len(SEEN)


def test_what_stands_beside_a_page_is_kept_apart() -> None:
    found = _html(
        '<!-- a comment --><img alt="a picture"><meta name="description" content="a summary">'
        '<i aria-hidden="true">home</i><template>later</template>'
    )
    assert (found.text, found.hidden) == (SEEN, ())
    assert {aside.text.strip() for aside in found.asides} == {
        *("a comment", "a picture", "a summary", "home", "later")
    }


def test_markdown_hides_as_html_does() -> None:
    hidden = f"<div style='display:none'>{UNSEEN}</div>"
    source = f"# Plan\n\n{SEEN}\n\n{hidden}\n\n<!-- note -->\n\n[//]: # (a remark)\n"
    found = read("a.md", source.encode(), Limits())
    assert (found.title, found.text) == ("Plan", f"Plan\n\n{SEEN}")
    assert {hidden.text for hidden in found.hidden} == {UNSEEN}
    assert {aside.text.strip() for aside in found.asides} == {"note", "a remark #"}
