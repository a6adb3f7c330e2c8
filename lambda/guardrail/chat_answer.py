"""A strict reading of what the chat function says: whatever is not exactly an answer is none."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Final, cast

from guardrail.outcome import FailedClosedError

if TYPE_CHECKING:
    from collections.abc import Mapping

_MAX_ENTRIES: Final = 50
_REASON: Final = re.compile(r"[A-Z][A-Z_]{0,63}")
_APPROVAL_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")


class ChatUnavailableError(FailedClosedError):
    """The chat function failed, or said something that is no answer."""

    reason: ClassVar[str] = "CHAT_UNAVAILABLE"


@dataclass(frozen=True, slots=True)
class Source:
    """What an answer stands on.

    Args:
        title: For the user; not yet screened.
        uri: Where it is; not yet screened.
    """

    title: str
    uri: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatAnswer:
    """What the chat function answered.

    Args:
        answer: The model's text; not yet screened.
        guardrail_intervened: True when the managed guardrail stopped the request or the answer.
        truncated: True when the text is cut off at its greatest length.
        input_tokens: Tokens read.
        output_tokens: Tokens written.
        sources: What it stands on.
        approvals: Ids of the actions that wait for a human.
        withheld: Why texts of strangers were kept from the model, a reason for each.
        documents_unavailable: True when the answer was written without all documents that belong to it.
        tools_refused: How many calls of tools were refused.
        grounding_failed: True when the managed guardrail found the answer not grounded in its sources.
    """

    answer: str
    guardrail_intervened: bool
    truncated: bool
    input_tokens: int
    output_tokens: int
    sources: tuple[Source, ...] = ()
    approvals: tuple[str, ...] = ()
    withheld: tuple[str, ...] = ()
    documents_unavailable: bool = False
    tools_refused: int = 0
    grounding_failed: bool = False

    @property
    def tokens(self) -> int:
        """All tokens spent."""
        return self.input_tokens + self.output_tokens

    @property
    def notices(self) -> str:
        """What the user must be told beside the model's words, as Markdown; empty mostly."""
        told = [f"*Waiting for approval by a person: `{one}`.*" for one in self.approvals]
        if self.truncated:
            told.append("*The answer is cut off at its greatest length. Ask for the rest.*")
        if self.documents_unavailable:
            told.append("*The documents could not be searched: this answer was written without them.*")
        return "".join(f"\n\n{one}" for one in told)


def answer_of(body: bytes) -> ChatAnswer:
    """Read a buffered answer.

    Raises:
        ChatUnavailableError: It is none.
    """
    try:
        parsed = json.loads(body)
        answer = parsed["answer"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise ChatUnavailableError("garbage") from error
    return answer_from(parsed, answer)


def answer_from(fields: object, answer: object) -> ChatAnswer:
    """Read the fields beside the text.

    Raises:
        ChatUnavailableError: One is missing or of another form.
    """
    try:
        read = _read(cast("Mapping[str, Any]", fields), answer)
    except (KeyError, TypeError, AttributeError) as error:
        raise ChatUnavailableError("garbage") from error
    if read is None:
        raise ChatUnavailableError("garbage")
    if not read.answer and not read.guardrail_intervened:
        raise ChatUnavailableError("empty answer")
    return read


def _read(fields: Mapping[str, Any], answer: object) -> ChatAnswer | None:
    usage = fields["usage"]
    flags = [fields[name] for name in ("guardrail_intervened", "truncated", "documents_unavailable")]
    tokens = (usage["input_tokens"], usage["output_tokens"])
    # `type(...) is int` because JSON's true is an int to isinstance.
    if not all(type(count) is int and count >= 0 for count in tokens):
        return None
    if not isinstance(answer, str) or not all(isinstance(flag, bool) for flag in flags):
        return None
    # A chat function of the day before does not say these two.
    refused, ungrounded = fields.get("tools_refused", 0), fields.get("grounding_failed", False)
    if type(refused) is not int or refused < 0 or not isinstance(ungrounded, bool):
        return None
    sources = tuple(Source(_text(one["title"]), _text(one["uri"])) for one in _entries(fields["sources"]))
    return ChatAnswer(
        answer=answer,
        guardrail_intervened=flags[0],
        truncated=flags[1],
        input_tokens=tokens[0],
        output_tokens=tokens[1],
        sources=sources,
        approvals=tuple(_matching(_APPROVAL_ID, one) for one in _entries(fields["approvals"])),
        withheld=tuple(_matching(_REASON, one["reason"]) for one in _entries(fields["withheld"])),
        documents_unavailable=flags[2],
        tools_refused=refused,
        grounding_failed=ungrounded,
    )


def _entries(value: object) -> list[Any]:
    entries: list[Any] = value if isinstance(value, list) else []  # pyright: ignore[reportUnknownVariableType] - JSON
    if not isinstance(value, list) or len(entries) > _MAX_ENTRIES:
        raise TypeError("no list, or a long one")
    return entries


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("no text")
    return value


def _matching(pattern: re.Pattern[str], value: object) -> str:
    text = _text(value)
    if not pattern.fullmatch(text):
        raise TypeError("another form")
    return text
