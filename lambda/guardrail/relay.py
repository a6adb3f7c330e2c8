"""From the model to the user: pieces become segments, and nothing is shown without a record of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from guardrail.segments import BlockedError, Segments, UnstableError

if TYPE_CHECKING:
    from collections.abc import Callable

    from guardrail.shown import Shown
    from guardrail_engine import Screening


@dataclass(slots=True, kw_only=True)
class Relay:
    """One streamed answer on its way.

    Args:
        segments: Screens.
        shown: The way to the user.
        conversation_id: For the first line.
        may_show: Asked before each segment; raises when nothing may be shown any more.
        open_record: Writes the record that something is going to be shown; when it cannot, it raises.
    """

    segments: Segments
    shown: Shown
    conversation_id: str
    may_show: Callable[[], None]
    open_record: Callable[[], None]
    _refusal: BlockedError | UnstableError | None = None

    def add(self, piece: str) -> None:
        """Take a piece of the model's text; behind a refusal it is not looked at."""
        if self._refusal is not None:
            return
        try:
            text = self.segments.add(piece)
        except (BlockedError, UnstableError) as refusal:
            self._refusal = refusal
            return
        if text:
            self._show(text)

    def finish(self, behind: str) -> Screening:
        """Show the rest, when the model is done.

        Args:
            behind: Our own words behind the answer.

        Returns:
            What the screening says of the whole answer. When it is refused, the rest was not shown.

        Raises:
            UnstableError: Later text changed what was shown already.
        """
        if self._refusal is None:
            try:
                self._show(self.segments.finish() + behind)
            except (BlockedError, UnstableError) as refusal:
                self._refusal = refusal
        if isinstance(self._refusal, UnstableError):
            raise self._refusal
        return self._refusal.screening if self._refusal else self.segments.screening

    def _show(self, text: str) -> None:
        self.may_show()
        if not self.shown.begun:
            self.open_record()
            self.shown.start(self.conversation_id)
        if text:
            self.shown.segment(text)
