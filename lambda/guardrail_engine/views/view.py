"""A rewritten form of a text that still knows where each of its characters came from."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from re import Match, Pattern


@dataclass(frozen=True, slots=True)
class View:
    """One reading of the original text.

    Args:
        name: How it was made, steps joined by ``>``.
        text: What a detector reads.
        starts: For each character of ``text``, where its source begins in the original.
        ends: For each character of ``text``, one past where its source ends in the original.
        guess: True for readings that an ordinary text does not have (rot13, reversed, …);
            detectors of plain numbers skip these.
        squeezed: True when the spaces between words were lost on the way.
    """

    name: str
    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    guess: bool = False
    squeezed: bool = False

    @classmethod
    def original(cls, text: str) -> View:
        """The text as it came, each character at its own place."""
        return cls("original", text, range(len(text)), range(1, len(text) + 1))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where ``text[start:end]`` came from, as a span of the original text."""
        if start >= end:
            at = self.starts[start] if start < len(self.starts) else (max(self.ends) if self.ends else 0)
            return at, at
        # A reversed view counts down, so both ends are looked at.
        return (
            min(self.starts[start], self.starts[end - 1]),
            max(self.ends[start], self.ends[end - 1]),
        )

    def child_name(self, step: str) -> str:
        """The name of a view made from this one by ``step``."""
        return step if self.name == "original" else f"{self.name}>{step}"

    def with_text(self, step: str, text: str, *, guess: bool = True) -> View | None:
        """The same characters one for one (a translation); None when nothing changed."""
        if text == self.text:
            return None
        if len(text) != len(self.text):
            raise ValueError(
                f"A translation keeps the length: {len(self.text)} characters became {len(text)}. "
                "Use `substitute` where the length changes."
            )
        return View(self.child_name(step), text, self.starts, self.ends, self.guess or guess, self.squeezed)

    def reversed(self) -> View:
        """The characters in the opposite order."""
        name = self.child_name("reversed")
        return View(name, self.text[::-1], self.starts[::-1], self.ends[::-1], guess=True)


def substitute(
    view: View, pattern: Pattern[str], replace: Callable[[Match[str]], str | None]
) -> tuple[str, Sequence[int], Sequence[int]] | None:
    """Replace the matches of ``pattern`` and keep the offsets.

    Args:
        view: What to read.
        pattern: What to look for.
        replace: Gives the new text of a match, or None to leave it.

    Returns:
        Text, starts and ends of the rewritten view; None when nothing was replaced.
    """
    parts: list[str] = []
    starts, ends = array("L"), array("L")
    done = 0
    for match in pattern.finditer(view.text):
        new = replace(match)
        if new is None:
            continue
        begin, stop = match.span()
        parts.append(view.text[done:begin])
        starts.extend(view.starts[done:begin])
        ends.extend(view.ends[done:begin])
        source_start, source_end = view.span(begin, stop)
        parts.append(new)
        starts.extend([source_start] * len(new))
        ends.extend([source_end] * len(new))
        done = stop
    if done == 0:
        return None
    parts.append(view.text[done:])
    starts.extend(view.starts[done:])
    ends.extend(view.ends[done:])
    return "".join(parts), starts, ends
