"""What the tests of the engine share."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from guardrail_engine import Context, Detector, Direction, Engine, Screening, View
from guardrail_engine.views import build_views

Ids = Callable[[str], set[str]]
Screen = Callable[[str], Screening]
CANARY = "canary-qwzvkjxhpmtrbfyd"
HOSTS = frozenset({"docs.example.com"})


@pytest.fixture(scope="session")
def engine() -> Engine:
    """An engine that allows links to docs.example.com."""
    return Engine(allowed_link_hosts=HOSTS)


@pytest.fixture(scope="session")
def request_of(engine: Engine) -> Screen:
    """Screens a text as a user's request."""
    return lambda text: engine.screen(text, direction=Direction.REQUEST)


@pytest.fixture(scope="session")
def answer_of(engine: Engine) -> Screen:
    """Screens a text as a model's answer, with ``CANARY`` in its system prompt."""
    return lambda text: engine.screen(text, direction=Direction.RESPONSE, canary=CANARY)


@pytest.fixture(scope="session")
def found_in_original() -> Callable[[Detector, str], list[tuple[str, str]]]:
    """Runs one detector on the original view: (id, matched text) of each match."""

    def found(detector: Detector, text: str) -> list[tuple[str, str]]:
        context = Context(Direction.RESPONSE, CANARY, HOSTS)
        matches = detector.find(View.original(text), context)
        return [(match.id, text[match.start : match.end]) for match in matches]

    return found


@pytest.fixture(scope="session")
def readings() -> Callable[[str], dict[str, str]]:
    """All views of a text by name."""

    def read(text: str) -> dict[str, str]:
        named: dict[str, str] = {}
        for view in build_views(text).all:
            named.setdefault(view.name, view.text)
        return named

    return read


@pytest.fixture(scope="session")
def zero_width() -> Callable[[str], str]:
    """Spells a text in zero-width bits."""

    def spell(text: str) -> str:
        bits = "".join(f"{byte:08b}" for byte in text.encode())
        return bits.replace("0", "\u200b").replace("1", "\u200c")

    return spell


@pytest.fixture(scope="session")
def tags() -> Callable[[str], str]:
    """Spells a text in tag characters."""
    return lambda text: "".join(chr(0xE0000 + ord(char)) for char in text)


@pytest.fixture(scope="session")
def selectors() -> Callable[[str], str]:
    """Spells a text in variation selectors, a byte each."""

    def spell(text: str) -> str:
        return "".join(chr(0xFE00 + byte if byte < 16 else 0xE0100 + byte - 16) for byte in text.encode())

    return spell
