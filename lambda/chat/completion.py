"""What came of asking the model, and what each of its reasons to stop means."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping


class ModelError(RuntimeError):
    """The model gave nothing that may be passed on."""


class ModelBusyError(ModelError):
    """Throttled or out of order, and no attempt within the time helped."""


class Ending(Enum):
    """What the caller does next."""

    COMPLETE = auto()
    """Pass the text on."""
    TRUNCATED = auto()
    """Pass the text on and say that it is cut off."""
    INTERVENED = auto()
    """Refuse: the managed guardrail or the model's own filter stopped it."""
    TOOLS = auto()
    """Run the tools that it asks for."""
    MALFORMED = auto()
    """Ask once more."""


ENDINGS: Final[Mapping[str, Ending]] = MappingProxyType(
    {
        "end_turn": Ending.COMPLETE,
        "stop_sequence": Ending.COMPLETE,
        "max_tokens": Ending.TRUNCATED,
        "model_context_window_exceeded": Ending.TRUNCATED,
        "guardrail_intervened": Ending.INTERVENED,
        "content_filtered": Ending.INTERVENED,
        "tool_use": Ending.TOOLS,
        "malformed_model_output": Ending.MALFORMED,
        "malformed_tool_use": Ending.MALFORMED,
    }
)
"""Every stop reason of Converse (API reference, read 2026-11-24). Any other one is an error."""


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens spent.

    Args:
        input_tokens: Read by the model.
        output_tokens: Written by it.
    """

    input_tokens: int = 0
    output_tokens: int = 0

    def __add__(self, other: Usage) -> Usage:
        """Both together."""
        return Usage(self.input_tokens + other.input_tokens, self.output_tokens + other.output_tokens)


@dataclass(frozen=True, slots=True)
class ToolCall:
    """A tool that the model asks for.

    Args:
        call_id: The model's id of the call; the result carries it.
        name: Name of the tool.
        arguments: As the model wrote them; the broker checks them.
    """

    call_id: str
    name: str
    arguments: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One answer of the model to one request.

    Args:
        content: Its message's blocks, as Bedrock takes them back.
        stop_reason: Bedrock's stop reason.
        usage: Tokens of this request.
    """

    content: list[dict[str, Any]]
    stop_reason: str
    usage: Usage

    @property
    def text(self) -> str:
        """The text blocks, joined."""
        return "".join(block.get("text", "") for block in self.content)

    @property
    def calls(self) -> tuple[ToolCall, ...]:
        """The tools that it asks for."""
        uses = (block["toolUse"] for block in self.content if "toolUse" in block)
        return tuple(ToolCall(use["toolUseId"], use["name"], use["input"]) for use in uses)

    @property
    def ending(self) -> Ending:
        """What to do next.

        Raises:
            ModelError: Nobody knows this stop reason.
        """
        ending = ENDINGS.get(self.stop_reason)
        if ending is None:
            raise ModelError(f"The model stopped with {self.stop_reason!r}. Known: {', '.join(ENDINGS)}.")
        return ending


@dataclass(frozen=True, slots=True)
class Source:
    """What an answer stands on.

    Args:
        title: For the user.
        uri: Where it is; ``tool:<name>`` for a tool's result.
    """

    title: str
    uri: str


@dataclass(frozen=True, slots=True)
class Withheld:
    """A text that the model did not get to see.

    Args:
        source: Whose text: the uri of its source.
        reason: Id of the screening's reason.
    """

    source: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """What came of a turn, over all requests to the model.

    Args:
        answer: The text, or the guardrail's message when that intervened.
        stop_reason: Bedrock's last stop reason.
        usage: Tokens of all requests.
        sources: What the answer stands on, each once.
        approvals: Ids of the actions that wait for a human.
        withheld: Texts that were kept from the model.
        tools_refused: How many calls of tools the broker refused.
    """

    answer: str
    stop_reason: str
    usage: Usage
    sources: tuple[Source, ...] = ()
    approvals: tuple[str, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    tools_refused: int = 0

    @property
    def guardrail_intervened(self) -> bool:
        """Whether the managed guardrail, or the model's own filter, stopped it."""
        return ENDINGS.get(self.stop_reason) is Ending.INTERVENED

    @property
    def truncated(self) -> bool:
        """Whether the text is cut off."""
        return ENDINGS.get(self.stop_reason) is Ending.TRUNCATED
