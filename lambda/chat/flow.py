"""The way of one turn: history, model, store. Every error is an exception, so the caller refuses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from chat.conversations import Conversations
    from chat.model import Completion, Model
    from chat.turn import Turn


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Chat:
    """Answers turns.

    Args:
        model: Asks Bedrock.
        conversations: History and store.
        history_turns: How many earlier turns the model sees.
        now: Clock, UTC.
    """

    model: Model
    conversations: Conversations
    history_turns: int
    now: Callable[[], datetime] = _utc_now

    def answer(self, turn: Turn) -> dict[str, Any]:
        """Answer one turn and keep it, unless the guardrail intervened or the canary is in the answer.

        Returns:
            answer, stop_reason, guardrail_intervened, usage (input_tokens, output_tokens).
        """
        completion = self.model.answer(turn, self.conversations.recent(turn, self.history_turns))
        if _may_be_kept(turn, completion):
            self.conversations.store(turn, completion.answer, self.now())
        return {
            "answer": completion.answer,
            "stop_reason": completion.stop_reason,
            "guardrail_intervened": completion.guardrail_intervened,
            "usage": {"input_tokens": completion.input_tokens, "output_tokens": completion.output_tokens},
        }


def _may_be_kept(turn: Turn, completion: Completion) -> bool:
    marker = turn.canary.rpartition("-")[2]
    return not completion.guardrail_intervened and marker not in completion.answer.lower()
