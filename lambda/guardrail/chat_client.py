"""The call to the chat function, and a strict reading of what it says."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Final, cast

from botocore.exceptions import BotoCoreError, ClientError

from guardrail.outcome import FailedClosedError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mypy_boto3_lambda import LambdaClient

_OK: Final = 200


class ChatUnavailableError(FailedClosedError):
    """The chat function failed, or said something that is no answer."""

    reason: ClassVar[str] = "CHAT_UNAVAILABLE"


@dataclass(frozen=True, slots=True)
class ChatAnswer:
    """What the chat function answered.

    Args:
        answer: The model's text; not yet screened.
        guardrail_intervened: True when the managed guardrail stopped the request or the answer.
        input_tokens: Tokens read.
        output_tokens: Tokens written.
    """

    answer: str
    guardrail_intervened: bool
    input_tokens: int
    output_tokens: int

    @property
    def tokens(self) -> int:
        """All tokens spent."""
        return self.input_tokens + self.output_tokens


@dataclass(frozen=True, slots=True)
class ChatClient:
    """Calls the chat function.

    Args:
        client: Lambda, without retries, with a read timeout below the API's 29 seconds.
        function_name: Name or ARN.
    """

    client: LambdaClient
    function_name: str

    def ask(self, payload: Mapping[str, str]) -> ChatAnswer:
        """Ask and wait for the answer.

        Args:
            payload: request_id, user_id, conversation_id, message, canary.

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
        return _answer_of(body)


def _answer_of(body: bytes) -> ChatAnswer:
    try:
        parsed = cast("dict[str, Any]", json.loads(body))
        answer, intervened, usage = parsed["answer"], parsed["guardrail_intervened"], parsed["usage"]
        tokens = (usage["input_tokens"], usage["output_tokens"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise ChatUnavailableError("garbage") from error
    # `type(...) is int` because JSON's true is an int to isinstance.
    counted = all(type(count) is int and count >= 0 for count in tokens)
    if not isinstance(answer, str) or not isinstance(intervened, bool) or not counted:
        raise ChatUnavailableError("garbage")
    if not answer and not intervened:
        raise ChatUnavailableError("empty answer")
    return ChatAnswer(answer, intervened, *tokens)
