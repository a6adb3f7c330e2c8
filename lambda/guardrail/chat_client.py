"""The call to the chat function."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from botocore.exceptions import BotoCoreError, ClientError

from guardrail.chat_answer import ChatAnswer, ChatUnavailableError, answer_from, answer_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from mypy_boto3_lambda import LambdaClient

_OK: Final = 200
_MAX_LINE: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class ChatClient:
    """Calls the chat function.

    Args:
        client: Lambda, without retries, with a read timeout below the API's 29 seconds.
        streaming_client: Lambda, without retries, with the longest wait between two pieces as read timeout.
        function_name: Name or ARN.
    """

    client: LambdaClient
    streaming_client: LambdaClient
    function_name: str

    def ask(self, payload: Mapping[str, object]) -> ChatAnswer:
        """Ask and wait for the answer.

        Args:
            payload: request_id, user_id, roles, tenant, conversation_id, message, canary.

        Raises:
            ChatUnavailableError: In every case but a well-formed answer.
        """
        try:
            response = self.client.invoke(
                FunctionName=self.function_name,
                InvocationType="RequestResponse",
                Payload=json.dumps(dict(payload)).encode(),
            )
            body = response["Payload"].read()
        except (BotoCoreError, ClientError, OSError, KeyError) as error:
            raise ChatUnavailableError("invoke") from error
        if response.get("FunctionError") or response.get("StatusCode") != _OK:
            raise ChatUnavailableError("function error")
        return answer_of(body)

    def stream(self, payload: Mapping[str, object], take: Callable[[str], None]) -> ChatAnswer:
        """Ask and take the answer's text while it is written.

        Args:
            payload: As above.
            take: Gets each piece of the text, not yet screened.

        Returns:
            The whole answer, when it is complete.

        Raises:
            ChatUnavailableError: In every case but a well-formed answer; pieces may have come before.
        """
        texts: list[str] = []
        answer: ChatAnswer | None = None
        for line in self._lines({**payload, "stream": True}):
            kind, fields = _line_of(line)
            if answer is not None:
                raise ChatUnavailableError("more behind the end")
            if kind == "text":
                texts.append(fields["text"])
                take(fields["text"])
            else:
                answer = answer_from(fields, "".join(texts))
        if answer is None:
            raise ChatUnavailableError("no end")
        return answer

    def _lines(self, payload: Mapping[str, object]) -> Iterator[bytes]:
        """The lines of the response; the pieces that they come in are not lines."""
        rest = b""
        events = self._events(payload)
        while (piece := _next_of(events)) is not None:
            *lines, rest = (rest + piece).split(b"\n")
            yield from lines
            if len(rest) > _MAX_LINE:
                raise ChatUnavailableError("endless line")
        if rest:
            raise ChatUnavailableError("half a line")

    def _events(self, payload: Mapping[str, object]) -> Iterator[bytes]:
        response: Any = self.streaming_client.invoke_with_response_stream(
            FunctionName=self.function_name,
            InvocationType="RequestResponse",
            Payload=json.dumps(dict(payload)).encode(),
        )
        if response.get("StatusCode") != _OK:
            raise ChatUnavailableError("status")
        for event in response["EventStream"]:
            if "PayloadChunk" in event:
                yield event["PayloadChunk"]["Payload"]
            elif "InvokeComplete" in event:
                if event["InvokeComplete"].get("ErrorCode"):
                    raise ChatUnavailableError("function error")
                return
        raise ChatUnavailableError("cut off")


def _next_of(events: Iterator[bytes]) -> bytes | None:
    """The next piece; only what reading raises is the chat function's failure, not what becomes of it."""
    try:
        return next(events, None)
    except (BotoCoreError, ClientError, OSError, KeyError, TypeError) as error:
        raise ChatUnavailableError("stream") from error


def _line_of(line: bytes) -> tuple[str, Mapping[str, Any]]:
    try:
        fields: Any = json.loads(line)
        kind = fields["type"]
        if kind == "answer" or (kind == "text" and isinstance(fields["text"], str)):
            return kind, fields
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise ChatUnavailableError("garbage") from error
    raise ChatUnavailableError("garbage")
