"""The rounds of one turn: the model asks for tools, gets their results, and answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from chat.completion import Completion, Ending, ModelError, Reply, Source, ToolCall, Usage, Withheld
from chat.model import Prompt
from chat.tools import Status

if TYPE_CHECKING:
    from collections.abc import Callable

    from chat.documents import Documents
    from chat.model import Model
    from chat.spotlight import Spotlight
    from chat.tools import Toolbox
    from chat.turn import Turn

MAX_ROUNDS: Final = 3
"""How often tools may be run in one turn; a model that still asks then has failed."""
MAX_CALLS: Final = 5
"""Most calls of tools in one turn."""
_BETWEEN: Final = "\n\n"
_NO_MORE: Final = "No more calls in this turn. Answer with what you have."
_FAILED: Final = "The tool failed. Say that this cannot be answered right now."
_REFUSED: Final = "The user may not do this. Say so, and do not try again."
_WAITING: Final = "Not done yet: a person must approve it first. Say that it waits for approval."
_WITHHELD: Final = "The result was withheld by a safety check. Say that it cannot be shown."


@dataclass(slots=True, kw_only=True)
class Rounds:
    """One turn with the model. Used once.

    Args:
        model: Asks Bedrock.
        toolbox: Tools on offer.
        documents: Judges their results.
        turn: Who asks.
        spotlight: Marks their results.
        emit: Gets the text piece by piece; None when nobody waits for pieces.
    """

    model: Model
    toolbox: Toolbox
    documents: Documents
    turn: Turn
    spotlight: Spotlight
    emit: Callable[[str], None] | None = None
    _texts: list[str] = field(default_factory=list[str])
    _sources: dict[str, Source] = field(default_factory=dict[str, Source])
    _approvals: list[str] = field(default_factory=list[str])
    _withheld: list[Withheld] = field(default_factory=list[Withheld])
    _usage: Usage = field(default_factory=Usage)
    _calls: int = 0
    _refused: int = 0
    _pieces: int = 0
    _new_round: bool = False

    def run(self, system: str, messages: list[dict[str, Any]], deadline: float) -> Completion:
        """Ask until the model is done.

        Args:
            system: The system prompt.
            messages: The conversation; the rounds are added to it.
            deadline: For the attempts, on the clock of the model's patience.

        Raises:
            ModelError: It gave nothing that may be passed on, or did not stop asking for tools.
        """
        ran, malformed = 0, 0
        while True:
            reply = self._ask(Prompt(system=system, messages=messages, tools=self.toolbox.specs), deadline)
            ending = reply.ending
            if ending is Ending.MALFORMED:
                malformed += 1
                if malformed > 1 or self._pieces:
                    raise ModelError("The model's answer was malformed.")
                continue
            self._texts.append(self.spotlight.lift(reply.text))
            if ending is not Ending.TOOLS:
                return self._completion(reply)
            if ran == MAX_ROUNDS or not reply.calls:
                raise ModelError(f"The model still asked for tools after {ran} rounds.")
            ran += 1
            results = [{"toolResult": self._result(call)} for call in reply.calls]
            messages += [
                {"role": "assistant", "content": reply.content},
                {"role": "user", "content": results},
            ]

    def _ask(self, prompt: Prompt, deadline: float) -> Reply:
        self._new_round = True
        emit = None if self.emit is None else self._piece
        reply = self.model.reply(prompt, deadline, emit)
        self._usage += reply.usage
        return reply

    def _piece(self, text: str) -> None:
        if self.emit is None:
            return
        if self._new_round and self._pieces and text.strip():
            self.emit(_BETWEEN)
        self._new_round = self._new_round and not text.strip()
        self._pieces += 1
        self.emit(self.spotlight.lift(text))

    def _completion(self, reply: Reply) -> Completion:
        answer = _BETWEEN.join(text for text in self._texts if text.strip()) or "".join(self._texts)
        completion = Completion(
            answer=answer,
            stop_reason=reply.stop_reason,
            usage=self._usage,
            sources=tuple(self._sources.values()),
            approvals=tuple(self._approvals),
            withheld=tuple(self._withheld),
            tools_refused=self._refused,
        )
        if not answer and not completion.guardrail_intervened:
            raise ModelError(f"The model stopped with {reply.stop_reason!r} and no text.")
        return completion

    def _result(self, call: ToolCall) -> dict[str, Any]:
        self._calls += 1
        if self._calls > MAX_CALLS:
            return _failure(call, _NO_MORE)
        outcome = self.toolbox.call(self.turn, call)
        if outcome.status is Status.WAITING and outcome.approval_id:
            self._approvals.append(outcome.approval_id)
            return _text_result(call, _WAITING)
        self._refused += outcome.status is Status.REFUSED
        if outcome.status is not Status.DONE:
            return _failure(call, _REFUSED if outcome.status is Status.REFUSED else _FAILED)
        source = Source(call.name, f"tool:{call.name}")
        judged = self.documents.judge(outcome.content, self.turn.canary)
        if judged.reason is not None:
            self._withheld.append(Withheld(source.uri, judged.reason))
            return _failure(call, _WITHHELD)
        self._sources.setdefault(source.uri, source)
        return _text_result(call, self.spotlight.put(judged.text))


def _text_result(call: ToolCall, text: str) -> dict[str, Any]:
    return {"toolUseId": call.call_id, "content": [{"text": text}], "status": "success"}


def _failure(call: ToolCall, text: str) -> dict[str, Any]:
    return {"toolUseId": call.call_id, "content": [{"text": text}], "status": "error"}
