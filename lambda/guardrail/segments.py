"""An answer in segments: text goes out while the model writes, and only where later text cannot change it.

The whole text so far is screened each time, never a piece alone, and the end of it is held back. A cut is
made where no reading of the engine reaches across: see ``safe_cut``. Whatever was released is therefore a
prefix of what screening makes of the whole answer; should it ever not be, the answer is refused there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Final

from guardrail.holding import safe_cut
from guardrail.outcome import FailedClosedError
from guardrail_engine import MAX_CHARS, Action, Direction, Screening

if TYPE_CHECKING:
    from guardrail_engine import Engine

_LEAST_CHARS: Final = 24
"""No segment is shorter than this, or than a twentieth of the answer: the work stays linear in its length."""
_SHARE: Final = 20
_LOOK_EVERY: Final = 16
"""Characters between two looks for a cut: a model writes a word at a time."""


class UnstableError(FailedClosedError):
    """Later text changed what was released already; nothing more may be."""

    reason: ClassVar[str] = "UNSTABLE_ANSWER"


class BlockedError(Exception):
    """Screening refuses the answer as it stands.

    Args:
        screening: What it saw.
    """

    def __init__(self, screening: Screening) -> None:
        super().__init__(screening.reason)
        self.screening = screening


@dataclass(slots=True)
class Segments:
    """The segments of one answer. Used once, by one thread.

    Args:
        engine: Screens the text so far.
        canary: Marker of the request.

    Attributes:
        screening: What the last screening said of the whole text so far.
    """

    engine: Engine
    canary: str
    text: str = ""
    released: str = ""
    screening: Screening = field(default_factory=lambda: Screening(Action.ALLOW, None, ""))
    _cut: int = 0
    _looked_at: int = 0

    def add(self, piece: str) -> str:
        """Take a piece of the model's text.

        Returns:
            What may be shown now, behind what was shown before; mostly nothing.

        Raises:
            BlockedError: The answer is refused. What was shown stays.
            UnstableError: The same, because screening changed its mind about text that was shown.
        """
        self.text += piece
        if len(self.text) > MAX_CHARS:
            # Refused unread: there is nothing to wait for.
            self._screen(self.text)
        if len(self.text) - self._looked_at < _LOOK_EVERY:
            return ""
        self._looked_at = len(self.text)
        cut = safe_cut(self.text)
        if cut - self._cut < max(_LEAST_CHARS, len(self.text) // _SHARE):
            return ""
        self._cut = cut
        whole = self._screen(self.text)
        # What stands before the cut, as screening leaves it. With the text behind it must read the same.
        before = self._screen(self.text[:cut])
        return self._release(before.text) if whole.text.startswith(before.text) else ""

    def finish(self) -> str:
        """The rest, when the model is done.

        Raises:
            BlockedError: The answer is refused.
            UnstableError: The same.
        """
        return self._release(self._screen(self.text).text)

    def _screen(self, text: str) -> Screening:
        screened = self.engine.screen(text, direction=Direction.RESPONSE, canary=self.canary)
        if screened.blocked:
            self.screening = screened
            raise BlockedError(screened)
        if text is self.text:
            self.screening = screened
            if not screened.text.startswith(self.released):
                raise UnstableError
        return screened

    def _release(self, text: str) -> str:
        if not text.startswith(self.released):
            raise UnstableError
        segment = text[len(self.released) :]
        self.released = text
        return segment
