"""The way of one turn: history, passages, model, store. Every error is an exception: the caller refuses."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from chat.completion import Source, Withheld
from chat.prompt import messages_of, system_prompt
from chat.retriever import NoRetriever, Retriever
from chat.rounds import Rounds
from chat.spotlight import Spotlight
from chat.tools import NoTools, Toolbox
from function_environment.limits import HISTORY_BYTES, text_bytes
from guardrail_engine import Direction

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from chat.completion import Completion
    from chat.conversations import Conversations, PastTurn
    from chat.documents import Documents, Judged
    from chat.grounding import Grounding
    from chat.model import Model
    from chat.retriever import Passage
    from chat.turn import Turn
    from guardrail_engine import Engine

BUDGET_SECONDS: Final = 13.0
"""After this time no request to the model begins."""
STREAMED_BUDGET_SECONDS: Final = 45.0
"""The same for a streamed answer, which may take longer since it shows."""


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """Answers turns.

    Args:
        model: Asks Bedrock.
        conversations: History and store.
        engine: Screens what is kept.
        documents: Judges passages and results of tools.
        history_turns: How many earlier turns the model sees at most; older ones than fit into
            ``limits.HISTORY_BYTES`` it does not see either.
        toolbox: Tools on offer. Default: none.
        retriever: Finds passages. Default: none.
        grounding: Asks whether an answer stands on its passages. Default: nobody asks.
        now: Clock, UTC.
        spotlight: Makes fence and mark of a request.
    """

    model: Model
    conversations: Conversations
    engine: Engine
    documents: Documents
    history_turns: int
    toolbox: Toolbox = field(default_factory=NoTools)
    retriever: Retriever = field(default_factory=NoRetriever)
    grounding: Grounding | None = None
    now: Callable[[], datetime] = _utc_now
    spotlight: Callable[[], Spotlight] = Spotlight.new

    def answer(self, turn: Turn, emit: Callable[[str], None] | None = None) -> dict[str, Any]:
        """Answer one turn and keep it, redacted, unless this function can tell that it is or will be refused.

        A turn is also kept when the user never sees its answer, because the guardrail function timed out or
        could not write its audit record: that is not known here.

        Args:
            turn: What was asked.
            emit: Gets the text piece by piece, as the managed guardrail releases it. Default: nobody does,
                and that guardrail judges the answer as a whole.

        Returns:
            answer, stop_reason, truncated, guardrail_intervened, usage (input_tokens, output_tokens), sources
            (title, uri), approvals (ids), withheld (source, reason), documents_unavailable,
            tools_refused (a number), grounding_failed.
        """
        budget = BUDGET_SECONDS if emit is None else STREAMED_BUDGET_SECONDS
        deadline = self.model.patience.clock() + budget
        history = newest_within(HISTORY_BYTES, self.conversations.recent(turn, self.history_turns))
        spotlight = self.spotlight()
        found = self.retriever.find(turn)
        passages, sources, withheld = self._passages(found.passages, turn, spotlight)
        strangers = bool(passages or self.toolbox.specs)
        rounds = Rounds(
            model=self.model,
            toolbox=self.toolbox,
            documents=self.documents,
            turn=turn,
            spotlight=spotlight,
            emit=emit,
        )
        completion = rounds.run(
            system_prompt(turn, spotlight if strangers else None),
            messages_of(turn, history, passages),
            deadline,
        )
        ungrounded = False
        if self.grounding is not None and not completion.guardrail_intervened:
            plain = [spotlight.plain(passage) for passage in passages]
            ungrounded = self.grounding.failed(turn.message, completion.answer, plain)
        kept = self._keepable(turn, completion)
        if kept is not None:
            self.conversations.store(turn, kept, self.now())
        return {
            "answer": completion.answer,
            "stop_reason": completion.stop_reason,
            "truncated": completion.truncated,
            "guardrail_intervened": completion.guardrail_intervened,
            "usage": asdict(completion.usage),
            "sources": [asdict(one) for one in (*sources, *completion.sources)],
            "approvals": list(completion.approvals),
            "withheld": [asdict(one) for one in (*withheld, *completion.withheld)],
            "documents_unavailable": not found.complete,
            "tools_refused": completion.tools_refused,
            "grounding_failed": ungrounded,
        }

    def _passages(
        self, passages: Sequence[Passage], turn: Turn, spotlight: Spotlight
    ) -> tuple[list[str], list[Source], list[Withheld]]:
        """What of the retrieved text the model may see, spotlighted; whence; and what it may not see."""
        shown: list[str] = []
        sources: dict[str, Source] = {}
        withheld: list[Withheld] = []
        for passage, judged in zip(passages, self._judged(passages, turn), strict=True):
            if judged.reason is not None:
                withheld.append(Withheld(passage.source.uri, judged.reason))
            elif judged.text:
                shown.append(spotlight.put(judged.text))
                sources.setdefault(passage.source.uri, passage.source)
        return shown, list(sources.values()), withheld

    def _judged(self, passages: Sequence[Passage], turn: Turn) -> list[Judged]:
        """All at once: one after the other would add up while the user waits."""
        if not passages:
            return []

        def judge(passage: Passage) -> Judged:
            return self.documents.judge(passage.text, turn.canary)

        with ThreadPoolExecutor(len(passages)) as pool:
            return list(pool.map(judge, passages))

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
