"""No text makes the engine slow: eight times the length takes about eight times as long."""

from __future__ import annotations

import time

import pytest

from guardrail_engine import DETECTORS, MAX_CHARS, Context, Detector, Direction, Engine, View
from guardrail_engine.views import build_views

pytestmark = pytest.mark.slow

ENGINE = Engine(allowed_link_hosts=frozenset({"docs.example.com"}))
CANARY = "canary-qwzvkjxhpmtrbfyd"
SHORT = MAX_CHARS // 8
# Quadratic would be 64; the slack is for a machine that is shared.
MOST_RATIO = 24.0
MOST_SECONDS = 8.0

HOSTILE = [
    "a",
    "a ",
    " \n",
    "\t",
    "0",
    "-",
    "ignore ",
    "ignore all ",
    "do not ",
    "you are without ",
    "send the ",
    "tell me the secret ",
    "reveal your ",
    "new ",
    "system: ",
    "忽略",
    "i g ",
    "a.b.c ",
    "1gn",
    "ignor_",
    "[",
    "]",
    "](",
    "[a](",
    "[a]: ",
    "![a](https://e.com/x) ",
    "((",
    "))",
    "<",
    "<a href=",
    "src='",
    "https://",
    "www.a.",
    "&#",
    "&amp;",
    "%41",
    "\\x41",
    "YWFh",
    "41 ",
    "a@",
    "a@b.",
    "+49 30 ",
    "4111 ",
    "DE89 ",
    "sk-",
    "eyJa.",
    "https://a:b",
    "server=a;",
    "\u200b",
    "\u200b\u200c",
    "\U000e0041",
    "\ufe01",
    "\U000e0101",
    "ᠮ\u180b\u180b",
    "👨\u200d",
    "é",
    "\u0301",
    "ﷺ",
    "中",
    "a" * 50 + " ",
]


def _seconds(text: str, direction: Direction) -> float:
    started = time.process_time()
    ENGINE.screen(text, direction=direction, canary=CANARY)
    return time.process_time() - started


@pytest.mark.parametrize("unit", HOSTILE, ids=ascii)
def test_screening_is_linear_in_hostile_text(unit: str) -> None:
    short, long = (unit * SHORT)[:SHORT], unit * MAX_CHARS
    # An answer meets every detector; the faster of two, since noise only ever adds.
    quick = min(_seconds(short, Direction.RESPONSE) for _ in range(2))
    slow = _seconds(long[:MAX_CHARS], Direction.RESPONSE)
    assert slow < MOST_SECONDS
    assert slow < MOST_RATIO * max(quick, 0.02)


@pytest.mark.parametrize("detector", DETECTORS, ids=lambda detector: detector.name)
def test_each_detector_is_linear_in_its_own_vocabulary(detector: Detector) -> None:
    """Half-finished matches of every rule, one after the other, are what a back-tracking expression hates."""
    context = Context(Direction.RESPONSE, CANARY, frozenset({"docs.example.com"}))
    near_misses = (
        "ignore all the of my your previous but not quite AKIA sk- eyJ a@b. +49 4111 "
        "[x](https:/ <img canary-01234567 "
    )

    def seconds(length: int) -> float:
        view = View.original((near_misses * length)[:length])
        started = time.process_time()
        for _ in detector.find(view, context):
            pass
        return time.process_time() - started

    assert seconds(MAX_CHARS) < MOST_RATIO * max(min(seconds(SHORT) for _ in range(2)), 0.02)


def test_a_longer_text_is_refused_unread() -> None:
    assert _seconds("a" * (MAX_CHARS * 50), Direction.REQUEST) < 0.05


def test_an_ordinary_request_takes_milliseconds() -> None:
    text = (
        "How do I make a good sourdough bread at home without a mixer? I have flour, water and salt. " * 43
    )[:4000]
    assert min(_seconds(text, Direction.REQUEST) for _ in range(5)) < 0.1


def test_reading_takes_memory_in_proportion() -> None:
    assert sum(len(view.text) for view in build_views("é" * SHORT).all) <= 10 * SHORT
