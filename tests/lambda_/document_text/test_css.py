"""CSS hides in many ways: each that is known is found, and what cannot be worked out counts as hiding."""

from __future__ import annotations

from pathlib import Path

import pytest

from document_text import Extracted, HiddenWay, Limits, Refusal, RefusedError
from document_text.reading import read

SEEN = "Seen by all."
UNSEEN = "not for eyes"
FRAMEWORK = Path(__file__).with_name("framework.css").read_text(encoding="utf-8")


def _page(inside: str, style: str = "") -> Extracted:
    page = (
        f"<!doctype html><html><head><style>{style}</style></head><body><p>{SEEN}</p>{inside}</body></html>"
    )
    return read("a.html", page.encode(), Limits())


@pytest.mark.parametrize(
    "style",
    [
        *(
            "font:0/0 a",
            "font:1px Arial",
            "font-size:20px;font:1px Arial",
            "font-size:calc(1px)",
            "font-size:.1em",
        ),
        *("font-size:20px;font-size:foo", "zoom:.001", "zoom:10%", "font-size:clamp(1px,2px,3px)"),
        *("color:hsl(0,0%,100%)", "color:hsl(0 0% 99%)", "color:oklch(1 0 0)", "color:lab(100 0 0)"),
        *("color:color-mix(in srgb,white 100%,black)", "color:hwb(0 100% 0%)", "color:color(srgb 1 1 1)"),
        *(
            "color:light-dark(white,white)",
            "color:rgb(255 255 255 / .9)",
            "color:var(--none)",
            "color:var(--w)",
        ),
        *("--x:var(--y);--y:var(--x);color:var(--x)", "color:color(rec2020 1 1 1)", "color:something(new)"),
        *("color:#fffffe", "color:snow", "color:black;color:nonsense", "color:hsl(0 0% 100% / 50%)"),
        *("color:#0000", "color:rgb(0 0 0 / 5%)", "-webkit-text-fill-color:white", "color:linen;"),
        *(
            "background:linear-gradient(#fff,#fff);color:#fff",
            "background:conic-gradient(#036,#fff);color:#fff",
        ),
        *("background:url(x.png);color:#fff", "background:image-set('a.png' 1x);color:white"),
        *(
            "background:black;background:white;color:#fff",
            "background-color:#000;background:#fff;color:white",
        ),
        *("background:#000;background:odd;color:#fff", "background-color:new(1);color:#fff"),
        *("scale:0", "scale:.01 1", "translate:-9999px", "rotate:y 90deg", "rotate:1 0 0 90deg"),
        *("transform:matrix(0,0,0,0,0,0)", "transform:matrix(1,0,0,1,-9999,0)", "transform:rotateY(90deg)"),
        *("transform:rotate3d(0,1,0,90deg)", "transform:scaleX(0)", "transform:translate(calc(-9999px))"),
        *(
            "transform:translateX(-100vw)",
            "transform:skewX(89deg)",
            "transform:matrix3d(0)",
            "transform:unknown",
        ),
        *("height:0;overflow-y:hidden", "max-height:1px;overflow:clip", "width:0;overflow-x:auto"),
        *(
            "block-size:0;overflow:hidden",
            "height:calc(0px);overflow:hidden",
            "height:0;height:odd;overflow:hidden",
        ),
        *(
            "opacity:calc(0)",
            "opacity:0%",
            "opacity:var(--none)",
            "filter:opacity(0)",
            "filter:brightness(100)",
        ),
        *("filter:contrast(0)", "filter:blur(9px)", "filter:url(#f)", "mix-blend-mode:screen"),
        *("clip-path:inset(100%)", "clip-path:inset(49.9%)", "clip-path:circle(0)", "clip-path:polygon(0 0)"),
        *("clip:rect(0,0,0,0);position:absolute", "clip-path:url(#c)", "clip-path:path('')"),
        *(
            "mask:linear-gradient(transparent,transparent)",
            "-webkit-mask-image:url(x)",
            "mask-image:none,url(x)",
        ),
        *("position:absolute;left:calc(-9999px)", "position:absolute;inset:-9999px auto auto -9999px"),
        *(
            "position:fixed;right:9999px",
            "position:absolute;inset-inline-start:-9999px",
            "margin-left:-9999px",
        ),
        *("margin:0 0 0 -9999px", "margin-inline-start:-9999px", "text-indent:9999px", "padding-left:9999px"),
        *(
            "position:absolute;z-index:-1",
            "position:relative;left:-200%",
            "position:absolute;top:var(--none)",
        ),
        *(
            "letter-spacing:-1em",
            "letter-spacing:9999px",
            "content:url(x.png)",
            "all:unset",
            "offset-path:path('')",
        ),
        *("visibility:hidden", "visibility:collapse", "content-visibility:hidden", "visibility:odd"),
        *("display:none;display:odd", "display:none;display:-odd-box", "DISPLAY:NONE", "d\\69splay:n\\6fne"),
        "display:var(--hide)",
    ],
)
def test_text_that_a_style_hides_is_taken_out(style: str) -> None:
    found = _page(f'<div style="{style}"><p>{UNSEEN}</p></div>', ":root{--w:#fff;--hide:none}")
    assert found.text == SEEN
    assert [hidden.text for hidden in found.hidden] == [UNSEEN]


@pytest.mark.parametrize(
    "rule",
    [
        *(
            "[data-x]{!}",
            "[data-x='1']{!}",
            "[class^=x]{!}",
            "[class*=' y']{!}",
            "[class~=y]{!}",
            ":is(.x){!}",
        ),
        *(":where(p,.x){!}", ".x:not(:target){!}", "body>:nth-child(2){!}", "body :nth-last-of-type(1){!}"),
        *(".\\78{!}", ".X{!}", "p:last-child{!}", "p+p{!}", "p~p{!}", "body p.x{!}", "#a.x{!}", "*{!}"),
        *(
            "p:has(b){!}",
            "p:unknown{!}",
            ".x:lang(en){!}",
            "html body .x.y{!}",
            "p::first-line{!}",
            "svg|p{!}",
        ),
        *(
            ".x{!}p{display:block}",
            ".x{display:none!important}",
            "#a{!}.x{display:block}",
            "p.x{!}p{display:flex}",
        ),
        *("@media screen{.x{!}}", "@media (min-width:1px){.x{!}}", "@media (min-width:2000px){.x{!}}"),
        *(
            "@media (hover:hover){.x{!}}",
            "@media not print{.x{!}}",
            "@supports (a:b){.x{!}}",
            "@layer a{.x{!}}",
        ),
        *("@container (min-width:1px){.x{!}}", "@scope (body){.x{!}}", "@media print{.x{top:0}} .x{!}"),
        *("body{.x{!}}", "body{& .x{!}}", ".x{&{!}}", ".x{@media screen{!}}", ".x{animation:h 0s forwards}"),
        *(
            'a::after{content:"}"} .x{!}',
            '.y{content:"{"} .x{!}',
            "/*}*/.x{!}",
            ".x{color:red;!",
            "<!-- .x{!} -->",
        ),
        *(
            "body{opacity:.3}.x{opacity:.3}",
            "@media (prefers-color-scheme:dark){.x{!}}",
            "p:nth-child(even){!}",
        ),
        ".x{background:#fff}@media (prefers-color-scheme:dark){.x{color:#fff}}",
    ],
)
def test_text_that_a_rule_hides_is_taken_out(rule: str) -> None:
    hiding = rule.replace("!}", "display:none}").replace(";!", ";display:none")
    page = f'<p id="a" class="x y" data-x="1"><b>{UNSEEN}</b></p>'
    try:
        found = _page(page, f"@keyframes h{{to{{opacity:0}}}} {hiding}")
    except RefusedError as error:
        assert error.refusal is Refusal.NO_TEXT  # noqa: PT017 - a rule that hides all of the page
        return
    assert UNSEEN in "".join(hidden.text for hidden in found.hidden)
    assert UNSEEN not in found.text


def test_a_rule_that_matters_more_than_a_style_is_obeyed() -> None:
    inside = f'<p class="x" style="display:block">{UNSEEN}</p>'
    assert _page(inside, ".x{display:none !important}").text == SEEN


@pytest.mark.parametrize(
    "inside",
    [
        f"<svg><text fill='white'>{UNSEEN}</text></svg>",
        f"<svg><text style='fill:#fff'>{UNSEEN}</text></svg>",
        f"<svg><g opacity='0'><text>{UNSEEN}</text></g></svg>",
        f"<svg><text font-size='0'>{UNSEEN}</text></svg>",
        f"<font color='ffffff'>{UNSEEN}</font>",
        f"<font color='odd one'>{UNSEEN}</font>",
        f"<table bgcolor='navy'><tr><td><font color='#000080'>{UNSEEN}</font></table>",
        f"<div style='background:#0000ee'><a href='#x'>{UNSEEN}</a></div>",
        f"<math><mphantom><mtext>{UNSEEN}</mtext></mphantom></math>",
        f"<div popover>{UNSEEN}</div>",
        "<small>" * 12 + UNSEEN,
    ],
)
def test_attributes_and_elements_hide_too(inside: str) -> None:
    found = _page(inside)
    assert UNSEEN not in found.text
    assert UNSEEN in {hidden.text for hidden in found.hidden}


@pytest.mark.parametrize(
    "inside",
    [
        '<h1 class="x">Ordinary</h1><h2>Two</h2><p class="muted small">fine print <sup>1</sup></p>',
        '<div class="row clear"><div class="pos centre">Ordinary</div></div><div class="y legacy">x</div>',
        '<a class="btn" href="#">Ordinary</a> <a href="/a">b</a> <a>c</a> <mark>d</mark> <button>e</button>',
        '<div class="hero"><h1>Ordinary</h1><small>claim</small></div><span class="badge">new</span>',
        '<div class="card fade shadow"><p class="ellipsis">Ordinary</p></div>',
        '<table class="table"><tr><td>Ordinary</td><td class="odd m">b</td></tr></table>',
        '<div class="tab"><div class="pane active">Ordinary</div></div><div class="collapse show">x</div>',
        '<p style="color:#333;background:none;margin:-5px 0 0 -20px;text-indent:2em">Ordinary</p>',
        '<p style="background:#036 url(x.png) no-repeat;color:#fff">Ordinary</p>',
        '<p style="font:italic bold .8em/1.2 Arial, sans-serif;color:CanvasText">Ordinary</p>',
        '<p style="overflow:auto;height:20em;position:relative;top:-2px;z-index:10;opacity:.9">Ordinary</p>',
        '<p style="mso-line-height-rule:exactly;color:windowtext;font-size:11.0pt">Ordinary</p>',
    ],
)
def test_pages_in_the_styles_of_frameworks_hide_nothing(inside: str) -> None:
    found = _page(inside, FRAMEWORK)
    assert [(hidden.way, hidden.text) for hidden in found.hidden] == []
    assert "Ordinary" in found.text


def test_the_ways_are_told() -> None:
    inside = "<p style='color:white'>one</p><p style='font-size:1px'>two</p><p style='opacity:0'>three</p>"
    ways = {hidden.text: hidden.way for hidden in _page(inside).hidden}
    assert ways == {"one": HiddenWay.COLOUR, "two": HiddenWay.SIZE, "three": HiddenWay.TRANSPARENT}
