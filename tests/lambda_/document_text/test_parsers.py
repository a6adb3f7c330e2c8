"""A page is taken apart as browsers take it apart, so nothing acts in one reader that another passes over."""

from __future__ import annotations

import pytest

from document_text import Limits, Refusal, RefusedError
from document_text.reading import read

ACTIVE = Refusal.ACTIVE_CONTENT


def _refusal(name: str, text: str) -> Refusal | None:
    try:
        read(name, text.encode(), Limits())
    except RefusedError as error:
        return error.refusal
    return None


@pytest.mark.parametrize(
    ("inside", "refusal"),
    [
        ('<script type="text/javascript" type="application/json">alert(1)</script>', Refusal.DAMAGED),
        ('<meta http-equiv="refresh" content="0;url=https://evil.example" http-equiv="x">', Refusal.DAMAGED),
        ('<a href="javascript:alert(1)" href="https://example.com">x</a>', Refusal.DAMAGED),
        ('<p style="display:none" style="color:red">x</p>', Refusal.DAMAGED),
        ("<!-- a --!> <script>alert(1)</script> -->", ACTIVE),
        ("<!--> <script>alert(1)</script> -->", ACTIVE),
        ('<title><p title="</title><script>alert(1)</script>"></title>', ACTIVE),
        ('<style><p title="</style><script>alert(1)</script>"></style>', ACTIVE),
        ('<textarea><p title="</textarea><img src=x onerror=alert(1)>"></textarea>', ACTIVE),
        ('<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>', ACTIVE),
        ("<noscript><iframe src=x></iframe></noscript>", ACTIVE),
        ("<![CDATA[ > <script>alert(1)</script> ]]>", ACTIVE),
        ("<svg><![CDATA[</svg><script>alert(1)</script>]]></svg>", ACTIVE),
        ("<svg><style><img src=x onerror=alert(1)></style></svg>", ACTIVE),
        ("<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>", ACTIVE),
        ("<template><script>alert(1)</script></template>", ACTIVE),
        ("<template shadowrootmode=open><p>instead</p></template>", ACTIVE),
        ("<img/src=x/onerror=alert(1)>", ACTIVE),
        ('<svg><a><animate attributeName="href" values="javascript:alert(1)"/></a></svg>', ACTIVE),
        ('<svg><set attributeName="href" to=" java\nscript:alert(1)"/></svg>', ACTIVE),
        ('<a href="data:image/svg+xml,x">x</a>', ACTIVE),
        ("<button formaction=//evil.example>x</button>", ACTIVE),
        ("<script type=application/json src=https://evil.example/x></script>", ACTIVE),
        ("<style>@\\69mport url(https://evil.example/x.css)</style>", Refusal.EXTERNAL_REFERENCE),
    ],
)  # fmt: skip
def test_no_trick_of_markup_hides_what_acts(inside: str, refusal: Refusal) -> None:
    assert _refusal("a.html", f"<!doctype html><p>Hi</p>{inside}") == refusal
    assert _refusal("a.md", f"# Hi\n\nThere.\n\n{inside}\n") is not None


@pytest.mark.parametrize(
    "text",
    [
        "A code \\`<script>alert(1)</script>\\` that is none.\n",
        'A <a title="`"><script>alert(1)</script>`</a> b\n',
        "<div>\n```\n<script>alert(1)</script>\n```\n</div>\n",
        "Read [this](javascript:alert(1)).\n",
        "Read [this][1].\n\n[1]: javascript:alert(1)\n",
        "Read <javascript:alert(1)>.\n",
    ],
)
def test_no_trick_of_markdown_hides_what_acts(text: str) -> None:
    assert _refusal("a.md", text) is ACTIVE


@pytest.mark.parametrize(
    "definition",
    [
        "[note]: # (a remark for no eyes)",
        '[note]: /x "a remark for no eyes"',
        "[//]: # 'a remark for no eyes'",
    ],
)
def test_what_no_renderer_of_markdown_shows_is_not_published(definition: str) -> None:
    found = read("a.md", f"# Leave\n\nThirty days.\n\n{definition}\n".encode(), Limits())
    assert found.text == "Leave\n\nThirty days."
    assert any("a remark for no eyes" in aside.text for aside in found.asides)


@pytest.mark.parametrize(
    "inside",
    [
        '<script type="application/ld+json">{"@type":"Article"}</script><p>There</p>',
        '<meta http-equiv="Content-Type" content="text/html; charset=utf-8"><p>There</p>',
        '<img alt="only=one" src="data:image/svg+xml;base64,PHN2Zz4="><p>There</p>',
        '<a href="/online?one=1" title="the turn-on of once">There</a>',
        '<noscript><img src="https://example.com/pixel.gif"></noscript><p>There</p>',
        "<p>There</p><svg viewBox='0 0 9 9'><path d='M0 0h9'/><title>icon</title></svg>",
        "<p>There<br/><img src=a.png><p>and &lt;script&gt; is a tag",
        "<details open><summary>There</summary><p>and here</p></details>",
        "<table><tr><td>There<td>two</table>",
    ],
)
def test_ordinary_markup_is_read(inside: str) -> None:
    found = read("a.html", f"<!doctype html><body><p>Hi</p>{inside}".encode(), Limits())
    assert found.text.startswith("Hi")
    assert "There" in found.text
    assert found.hidden == ()


def test_ordinary_markdown_is_read() -> None:
    text = (
        "# Guide\n\n1. *One*\n2. `<script>`\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n"
        "See [the page](https://example.com 'title') and ~~not~~ <https://example.com>.\n\n"
        "```html\n<script>alert(1)</script>\n```\n"
    )
    found = read("a.md", text.encode(), Limits())
    assert found.title == "Guide"
    for part in ("One", "<script>", "a | b", "1 | 2", "the page", "https://example.com", "alert(1)"):
        assert part in found.text
    assert found.hidden == ()


@pytest.mark.parametrize("inside", ["<dialog>x</dialog>", "<details><summary>Q</summary><p>x</p></details>"])
def test_what_is_closed_is_hidden(inside: str) -> None:
    found = read("a.html", f"<!doctype html><p>Hi</p>{inside}".encode(), Limits())
    assert [hidden.text for hidden in found.hidden] == ["x"]


def test_markup_without_end_is_refused_in_time() -> None:
    for markup in ("<div>" * 20_000, "<table><td>" * 9000, "<p " + "a=1 b=2 " * 5000 + ">"):
        assert _refusal("a.html", f"<!doctype html><p>Hi</p>{markup}") is not None
