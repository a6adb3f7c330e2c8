"""What Word shows is what counts: themes, complex letters, narrow cells, and other ways to look."""

from __future__ import annotations

import pytest

from document_text import Extracted, HiddenWay, Limits
from document_text.reading import read
from tests.lambda_.document_text.docx_files import Docx, paragraph, run

SEEN = "Seen by all."
UNSEEN = "not for eyes"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_THEME = (
    f'<a:theme xmlns:a="{_A}"><a:themeElements><a:clrScheme name="Office">'
    '<a:dk1><a:sysClr val="windowText" lastClr="000000"/></a:dk1>'
    '<a:lt1><a:sysClr val="window" lastClr="FFFFFF"/></a:lt1><a:dk2><a:srgbClr val="44546A"/></a:dk2>'
    '<a:lt2><a:srgbClr val="E7E6E6"/></a:lt2><a:accent1><a:srgbClr val="4472C4"/></a:accent1>'
    '<a:accent2><a:srgbClr val="FFFFFF"/></a:accent2><a:hlink><a:srgbClr val="0563C1"/></a:hlink>'
    "</a:clrScheme></a:themeElements></a:theme>"
)
_WHITE = '<w:color w:val="FFFFFF" w:themeColor="background1"/>'


def _docx(body: str, *, settings: str = "", theme: str = _THEME) -> Extracted:
    document = Docx(paragraph(run(SEEN)) + body)
    if theme:
        document.parts["word/theme/theme1.xml"] = theme.encode()
        document.arrows.append(("theme", "theme/theme1.xml", False))
    document.parts["word/settings.xml"] = f'<w:settings xmlns:w="{_W}">{settings}</w:settings>'.encode()
    document.arrows.append(("settings", "settings.xml", False))
    return read("a.docx", document.build(), Limits())


def _cell(width: str) -> str:
    return (
        f"<w:tbl><w:tr><w:tc><w:tcPr><w:tcW {width}/></w:tcPr>{paragraph(run(UNSEEN))}</w:tc></w:tr></w:tbl>"
    )


@pytest.mark.parametrize(
    ("properties", "way"),
    [
        ('<w:color w:val="000000" w:themeColor="background1"/>', HiddenWay.COLOUR),
        ('<w:color w:val="auto" w:themeColor="background1"/>', HiddenWay.COLOUR),
        ('<w:color w:val="000000" w:themeColor="accent2"/>', HiddenWay.COLOUR),
        ('<w:color w:val="000000" w:themeColor="accent9"/>', HiddenWay.COLOUR),
        ('<w:color w:val="000000" w:themeColor="text1" w:themeTint="00"/>', HiddenWay.COLOUR),
        ('<w:color w:val="FFFFFF" w:themeColor="text1"/>', HiddenWay.COLOUR),
        ('<w:color w:val="000000"/><w:shd w:fill="FFFFFF" w:themeFill="text1"/>', HiddenWay.COLOUR),
        ('<w:color w:val="FF0000"/><w:shd w:val="solid" w:color="FF0000"/>', HiddenWay.COLOUR),
        ('<w:color w:val="000000"/><w:highlight w:val="black"/>', HiddenWay.COLOUR),
        ('<w14:textFill><w14:solidFill><w14:schemeClr w14:val="bg1"/></w14:solidFill></w14:textFill>',
         HiddenWay.COLOUR),
        ("<w:webHidden/>", HiddenWay.INVISIBLE),
        ('<w:rtl/><w:szCs w:val="1"/>', HiddenWay.SIZE),
        ('<w:cs/><w:szCs w:val="2"/>', HiddenWay.SIZE),
        ('<w:spacing w:val="-400"/>', HiddenWay.SIZE),
        ('<w:fitText w:val="1"/>', HiddenWay.SIZE),
        ('<w:position w:val="-3000"/>', HiddenWay.OFF_PAGE),
    ],
)  # fmt: skip
def test_what_word_does_not_show_is_taken_out(properties: str, way: HiddenWay) -> None:
    found = _docx(paragraph(run(UNSEEN, properties)))
    assert {hidden.way for hidden in found.hidden} == {way}
    assert found.text == SEEN


def test_a_theme_that_is_not_there_is_not_trusted() -> None:
    found = _docx(paragraph(run(UNSEEN, '<w:color w:val="000000" w:themeColor="accent1"/>')), theme="")
    assert found.text == SEEN


def test_settings_may_turn_a_theme_around() -> None:
    turned = '<w:clrSchemeMapping w:bg1="dark1" w:t1="light1" w:bg2="dark2" w:t2="light2"/>'
    found = _docx(paragraph(run(UNSEEN, '<w:color w:val="000000" w:themeColor="text1"/>')), settings=turned)
    assert found.text == SEEN


def test_a_cell_without_room_hides() -> None:
    assert UNSEEN not in _docx(_cell('w:w="1" w:type="dxa"')).text
    assert UNSEEN in _docx(_cell('w:w="2500" w:type="dxa"')).text
    assert UNSEEN in _docx(_cell('w:w="0" w:type="auto"')).text


def test_a_choice_that_word_does_not_understand_is_not_shown() -> None:
    choice = (
        f'<w:p><w:r><mc:AlternateContent><mc:Choice Requires="odd"><w:t>{UNSEEN}</w:t></mc:Choice>'
        "<mc:Fallback><w:t>ok</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert UNSEEN not in _docx(choice).text
    assert UNSEEN in _docx(choice.replace('"odd"', '"wps"')).text


@pytest.mark.parametrize(
    "properties",
    [
        '<w:color w:val="4472C4" w:themeColor="accent1"/>',
        '<w:color w:val="2F5496" w:themeColor="accent1" w:themeShade="BF"/>',
        '<w:color w:val="595959" w:themeColor="text1" w:themeTint="A6"/>',
        '<w:color w:val="0563C1" w:themeColor="hyperlink"/><w:u w:val="single"/>',
        _WHITE + '<w:shd w:fill="1F3864" w:themeFill="accent1" w:themeFillShade="80"/>',
        '<w:color w:val="000000" w:themeColor="text1"/><w:shd w:val="pct10" w:color="auto" w:fill="FFFFFF"/>',
        '<w:rtl/><w:szCs w:val="24"/><w:sz w:val="24"/><w:spacing w:val="-10"/><w:position w:val="-6"/>',
        '<w:highlight w:val="yellow"/>',
    ],
)
def test_text_in_the_colours_of_a_theme_is_seen(properties: str) -> None:
    mapping = (
        '<w:clrSchemeMapping w:bg1="light1" w:t1="dark1" w:bg2="light2" w:t2="dark2" w:accent1="accent1"/>'
    )
    found = _docx(paragraph(run("Ordinary", properties)), settings=mapping)
    assert found.hidden == ()
    assert "Ordinary" in found.text
