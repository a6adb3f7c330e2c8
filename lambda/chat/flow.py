"""The way of one turn: history, model, store. Every error is an exception, so the caller refuses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from guardrail_engine import Direction

if TYPE_CHECKING:
    from collections.abc import Callable

    from chat.conversations import Conversations
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
        history_turns: How many earlier turns the model sees.
        now: Clock, UTC.
    """

    model: Model
    conversations: Conversations
    engine: Engine
    history_turns: int
    now: Callable[[], datetime] = _utc_now

    def answer(self, turn: Turn) -> dict[str, Any]:
        """Answer one turn and keep it, redacted, unless it was or will be refused.

        Returns:
            answer, stop_reason, guardrail_intervened, usage (input_tokens, output_tokens).
        """
        completion = self.model.answer(turn, self.conversations.recent(turn, self.history_turns))
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
        """What the guardrail function will release of the answer, if anything.

        The history goes back to the model, so it must hold no more than the user was shown.
        """
        if completion.guardrail_intervened:
            return None
        screened = self.engine.screen(completion.answer, direction=Direction.RESPONSE, canary=turn.canary)
        return None if screened.blocked else screened.text
