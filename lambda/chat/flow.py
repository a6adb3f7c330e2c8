"""The way of one turn: history, model, store. Every error is an exception, so the caller refuses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from function_environment.limits import HISTORY_BYTES, text_bytes
from guardrail_engine import Direction

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from chat.conversations import Conversations, PastTurn
    from chat.model import Completion, Model
    from chat.turn import Turn
    from guardrail_engine import Engine


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Chat:
    """Answers turns.

    Args:
        model: Asks Bedrock.
        conversations: History and store.
        engine: Screens what is kept.
        history_turns: How many earlier turns the model sees at most; older ones than fit into
            ``limits.HISTORY_BYTES`` it does not see either.
        now: Clock, UTC.
    """

    model: Model
    conversations: Conversations
    engine: Engine
    history_turns: int
    now: Callable[[], datetime] = _utc_now

    def answer(self, turn: Turn) -> dict[str, Any]:
        """Answer one turn and keep it, redacted, unless this function can tell that it is or will be refused.

        A turn is also kept when the user never sees its answer, because the guardrail function timed out or
        could not write its audit record: that is not known here.

        Returns:
            answer, stop_reason, guardrail_intervened, usage (input_tokens, output_tokens).
        """
        completion = self.model.answer(
            turn, newest_within(HISTORY_BYTES, self.conversations.recent(turn, self.history_turns))
        )
        kept = self._keepable(turn, completion)
        if kept is not None:
            self.conversations.store(turn, kept, self.now())
        return {
            "answer": completion.answer,
            "stop_reason": completion.stop_reason,
            "guardrail_intervened": completion.guardrail_intervened,
            "usage": {"input_tokens": completion.input_tokens, "output_tokens": completion.output_tokens},
        }

    def _keepable(self, turn: Turn, completion: Completion) -> str | None:
        """What screening will release of the answer, if anything that can be seen.

        The history goes back to the model, so it must hold nothing that screening refuses or redacts, and no
        blank text, which Bedrock does not take. Whether the user was shown the answer is another matter.
        """
        if completion.guardrail_intervened:
            return None
        screened = self.engine.screen(completion.answer, direction=Direction.RESPONSE, canary=turn.canary)
        return None if screened.blocked or screened.blank else screened.text


def newest_within(limit: int, turns: Sequence[PastTurn]) -> Sequence[PastTurn]:
    """The newest turns that fit together.

    Args:
        limit: Most bytes of UTF-8, messages and answers together.
        turns: Oldest first.

    Returns:
        Whole turns without a gap, oldest first; none when the newest alone is too long.
    """
    size = 0
    for index in range(len(turns) - 1, -1, -1):
        size += text_bytes(turns[index].message) + text_bytes(turns[index].answer)
        if size > limit:
            return turns[index + 1 :]
    return turns
