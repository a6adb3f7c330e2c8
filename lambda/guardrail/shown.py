"""What a user of a streamed answer is shown: JSON, one object a line, or a plain response before any."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from api_reply import HEADERS
from guardrail.outcome import Outcome
from guardrail.responses import STATUS
from streaming_runtime import ClientGoneError, HttpStream

if TYPE_CHECKING:
    from guardrail.responses import Reply
    from streaming_runtime import Write

NDJSON: Final = "application/x-ndjson; charset=utf-8"


@dataclass(slots=True)
class Shown:
    """The way out of one streamed answer.

    Args:
        write: Sends a piece of the response.
        request_id: Lambda's id of the invocation.
    """

    write: Write
    request_id: str
    chars: int = 0
    _out: HttpStream = field(init=False)
    _gone: bool = False

    def __post_init__(self) -> None:
        """Nothing is sent before the first segment, so that a refusal may still have its own status."""
        self._out = HttpStream(self.write, STATUS[Outcome.ANSWERED], {**HEADERS, "Content-Type": NDJSON})

    @property
    def begun(self) -> bool:
        """Whether anything went out."""
        return self._out.begun

    def start(self, conversation_id: str) -> None:
        """Say that an answer follows."""
        self._line("start", {"conversation_id": conversation_id, "request_id": self.request_id})

    def segment(self, text: str) -> None:
        """Show screened text."""
        self.chars += len(text)
        self._line("segment", {"text": text})

    def end(self, reply: Reply) -> None:
        """Say how it ended: in a last line, or, when nothing was shown, as a response of its own."""
        if self.begun:
            self._line("end", {"outcome": reply.outcome, **reply.fields, "request_id": self.request_id})
            return
        response = reply.as_proxy_response(self.request_id)
        self._out.status, self._out.headers = response["statusCode"], response["headers"]
        self._send(response["body"].encode())

    def _line(self, kind: str, fields: dict[str, Any]) -> None:
        self._send(json.dumps({"type": kind, **fields}).encode() + b"\n")

    def _send(self, piece: bytes) -> None:
        """A user who went away has still spent what the model wrote: the turn goes on without them."""
        if self._gone:
            return
        try:
            self._out.send(piece)
        except ClientGoneError:
            self._gone = True
