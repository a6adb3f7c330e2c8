"""The canary: it blocks an answer in whatever dress it comes."""

from __future__ import annotations

import base64
import codecs
import urllib.parse
from typing import TYPE_CHECKING

import pytest

from guardrail_engine import Action, Direction, Engine, Reason, Screening

if TYPE_CHECKING:
    from collections.abc import Callable

CANARY = "canary-qwzvkjxhpmtrbfyd"
SECRET = CANARY.partition("-")[2]

DRESSES: dict[str, Callable[[str], str]] = {
    "plain": lambda text: text,
    "upper case": str.upper,
    "reversed": lambda text: text[::-1],
    "spaced": " ".join,
    "hyphenated": "-".join,
    "zero width": "\u200b".join,
    "base64": lambda text: base64.b64encode(text.encode()).decode(),
    "base64 in a sentence": lambda text: base64.b64encode(f"it is {text}!".encode()).decode(),
    "url-safe base64, unpadded": lambda text: (
        base64.urlsafe_b64encode(f"??{text}".encode()).rstrip(b"=").decode()
    ),
    "base64 twice": lambda text: base64.b64encode(base64.b64encode(text.encode())).decode(),
    "hex": lambda text: text.encode().hex(),
    "hex with blanks": lambda text: text.encode().hex(" "),
    "url": lambda text: "".join(f"%{byte:02x}" for byte in text.encode()),
    "html": lambda text: "".join(f"&#{ord(char)};" for char in text),
    "escapes": lambda text: "".join(f"\\u{ord(char):04x}" for char in text),
    "rot13": lambda text: codecs.encode(text, "rot13"),
    "full width": lambda text: "".join(chr(ord(char) + 0xFEE0) for char in text),
    "url of base64": lambda text: urllib.parse.quote(base64.b64encode(text.encode()).decode(), safe=""),
    "tags": lambda text: "".join(chr(0xE0000 + ord(char)) for char in text),
    "in an image link": lambda text: f"![x](https://docs.example.com/{text})",
}


@pytest.mark.parametrize("dress", DRESSES.values(), ids=DRESSES.keys())
@pytest.mark.parametrize("secret", [CANARY, SECRET], ids=["whole", "random part"])
def test_a_leak_is_refused_in_every_dress(
    dress: Callable[[str], str], secret: str, answer_of: Callable[[str], Screening]
) -> None:
    screened = answer_of(f"Sure: {dress(secret)} - anything else?")
    assert (screened.action, screened.reason, screened.text) == (Action.BLOCK, Reason.CANARY_LEAK, "")
    assert "LLM07" in screened.risks


@pytest.mark.parametrize(
    "text", ["A canary is a bird.", "canary-fedcba9876543211", "0123456789abcde", "canary-"]
)
def test_another_canary_passes(text: str, answer_of: Callable[[str], Screening]) -> None:
    assert answer_of(text).action is Action.ALLOW


def test_without_a_canary_nothing_is_looked_for(engine: Engine) -> None:
    assert engine.screen(CANARY, direction=Direction.RESPONSE).action is Action.ALLOW


def test_a_canary_too_short_to_be_told_from_words_is_ignored(engine: Engine) -> None:
    assert engine.screen("a b c", direction=Direction.RESPONSE, canary="a").action is Action.ALLOW


def test_the_finding_points_at_the_leak(answer_of: Callable[[str], Screening]) -> None:
    (finding,) = answer_of(f"It is {CANARY}.").findings
    assert (finding.id, finding.view, finding.start, finding.end) == ("canary.leak", "original", 6, 29)
