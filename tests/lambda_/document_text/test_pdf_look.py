"""What lies over a text, in whatever shape, and colours of any kind: what cannot be worked out hides."""

from __future__ import annotations

import pytest

from document_text import Extracted, HiddenWay, Limits
from document_text.reading import read
from tests.lambda_.document_text import pdf_files
from tests.lambda_.document_text.pdf_files import line

SEEN = "Seen by all."
UNSEEN = "not for eyes"
_FRAME = b"0 g 60 590 m 360 590 l 360 620 l 60 620 l h 62 592 m 62 618 l 358 618 l 358 592 l h f "
_BAR = b"0 0 0.4 rg 60 590 m 360 590 l 360 620 l 60 620 l h f "
_TINT = b"<< /FunctionType 2 /Domain [0 1] /C0 [%s] /C1 [%s] /N 1 >>"


def _page(*parts: bytes, resources: bytes = b"", objects: tuple[bytes, ...] = ()) -> Extracted:
    """A page with further objects, which have the numbers from 4 on."""
    pdf = pdf_files.Pdf()
    for body in objects:
        pdf.add(body)
    pdf.page(line(SEEN) + b"".join(parts), resources=resources)
    return read("a.pdf", pdf.build(), Limits())


@pytest.mark.parametrize(
    "cover",
    [
        b"1 1 1 rg 60 590 m 360 590 l 360 620 l 60 620 l h f ",
        b"1 1 1 rg 60 590 m 60 620 l 360 620 l 360 590 l f* ",
        b"1 1 1 rg 60 590 100 30 re f 160 590 200 30 re f ",
        b"1 1 1 rg 60 590 100 30 re 160 590 200 30 re f ",
        b"1 1 1 rg 60 590 300 30 re 0 0 1 1 re f ",
        b"1 1 1 RG 40 w 60 605 m 360 605 l S ",
        b"1 1 1 RG 40 w 60 605 m 200 605 l 360 605 l S ",
        b"q 10 0 0 10 0 0 cm 1 1 1 RG 4 w 6 60.5 m 36 60.5 l S Q ",
        b"0 0 1 rg -300 560 m 200 1200 l 700 560 l h f ",
        b"q 300 0 0 30 60 590 cm BI /W 1 /H 1 /CS /G /BPC 8 ID x EI Q ",
    ],
)
def test_what_is_painted_over_in_any_shape_is_covered(cover: bytes) -> None:
    found = _page(line(UNSEEN, y=600), cover)
    assert {hidden.way for hidden in found.hidden} == {HiddenWay.COVERED}


@pytest.mark.parametrize(
    ("space", "set_to"),
    [
        (b"[/Separation /Ink /DeviceRGB %s]" % (_TINT % (b"1 1 1", b"0 0 0")), b"0 scn"),
        (b"[/Separation /Ink /DeviceCMYK %s]" % (_TINT % (b"0 0 0 0", b"0 1 0 0")), b"0.01 scn"),
        (b"[/Separation /Ink /DeviceRGB << /FunctionType 4 /Domain [0 1] >>]", b"1 scn"),
        (b"[/DeviceN [/A /B] /DeviceRGB << /FunctionType 4 >>]", b"1 1 scn"),
        (b"[/Lab << /WhitePoint [0.95 1 1.09] >>]", b"100 0 0 scn"),
        (b"[/Indexed /DeviceRGB 1 <ffffff000000>]", b"0 scn"),
        (b"/Unknown", b"1 scn"),
        (b"[/Pattern]", b"/P1 scn"),
    ],
)
def test_a_colour_that_is_white_or_unknown_hides(space: bytes, set_to: bytes) -> None:
    resources = b"/ColorSpace << /CS1 %s >>" % space
    text = b"/CS1 cs " + set_to + b" " + line(UNSEEN, y=600)
    assert {hidden.way for hidden in _page(text, resources=resources).hidden} == {HiddenWay.COLOUR}


def test_white_over_a_stencil_or_a_clear_picture_is_hidden() -> None:
    white = line(UNSEEN, y=600, before="1 1 1 rg")
    place = b"q 540 0 0 30 40 590 cm %s Q "
    stencil = place % b"BI /W 1 /H 1 /IM true /D [1 0] ID \0 EI"
    assert {hidden.way for hidden in _page(stencil, white).hidden} == {HiddenWay.COLOUR}
    picture = (
        b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 %s"
    )
    resources = b"/XObject << /Im 5 0 R >>"
    for alpha, hidden in ((b"\0", True), (b"\xff", False)):
        mask = picture % b" /Length 1 >> stream\n%s\nendstream" % alpha
        shown = picture % b" /SMask 4 0 R /Length 1 >> stream\n\x10\nendstream"
        found = _page(place % b"/Im Do", white, resources=resources, objects=(mask, shown))
        assert bool(found.hidden) is hidden
    stencil = picture % b" /ImageMask true /Length 1 >> stream\n\x10\nendstream"
    assert _page(place % b"/Im Do", white, resources=resources, objects=(stencil, stencil)).hidden


def test_text_under_a_soft_mask_is_hidden() -> None:
    form = b"<< /Type /XObject /Subtype /Form /BBox [0 0 1 1] /Length 0 >> stream\n\nendstream"
    resources = b"/ExtGState << /G1 << /SMask << /S /Luminosity /G 4 0 R >> >> /G2 << /SMask /None >> >>"
    masked = b"/G1 gs " + line(UNSEEN, y=600)
    found = _page(masked, resources=resources, objects=(form,))
    assert {hidden.way for hidden in found.hidden} == {HiddenWay.TRANSPARENT}
    assert (
        _page(b"/G1 gs /G2 gs ", line("Ordinary", y=600), resources=resources, objects=(form,)).hidden == ()
    )


@pytest.mark.parametrize(
    "parts",
    [
        (line("in a frame", y=600), b"0 g 60 590 300 30 re 62 592 296 26 re f* "),
        (line("in a frame of a path", y=600), _FRAME),
        (line("underlined", y=600), b"0 G 1 w 72 597 m 200 597 l S 0 g 72 597 100 0.7 re f "),
        (line("half under a bar", y=600, size=20), b"1 1 1 rg 60 590 40 30 re f "),
        (line("beside a chart", y=600), b"0 0 1 rg 10 10 m 50 500 l 90 10 l h f 4 w 10 10 m 90 90 l S "),
        (_BAR, line("on a bar", y=600, before="1 1 1 rg")),
        (b"/CS1 cs 1 scn ", line("in spot black", y=600)),
        (b"/CS2 cs 30 20 20 scn ", line("in Lab", y=600)),
        (b"/CS3 cs 0.2 0.2 0.2 scn ", line("in ICC", y=600)),
    ],
)  # fmt: skip
def test_ordinary_lines_frames_and_inks_hide_nothing(parts: tuple[bytes, ...]) -> None:
    resources = (
        b"/ColorSpace << /CS1 [/Separation /Black /DeviceCMYK %s] "
        b"/CS2 [/Lab << /WhitePoint [0.95 1 1.09] >>] /CS3 [/ICCBased 4 0 R] >>"
        % (_TINT % (b"0 0 0 0", b"0 0 0 1"))
    )
    profile = b"<< /N 3 /Length 0 >> stream\n\nendstream"
    assert _page(*parts, resources=resources, objects=(profile,)).hidden == ()
