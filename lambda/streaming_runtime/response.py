"""What a handler returns to stream, and how API Gateway wants a streamed HTTP response to begin."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

Write = Callable[[bytes], None]
"""Sends a piece of the response on its way at once; raises ``ClientGoneError`` when nobody takes it."""

HTTP_RESPONSE: Final = "application/vnd.awslambda.http-integration-response"
"""Content type of a response that begins with its status and headers."""
_DELIMITER: Final = b"\x00" * 8


class ClientGoneError(Exception):
    """Nobody reads the response any more. What is left to do may be done, but not written."""


@dataclass(frozen=True, slots=True)
class StreamedResponse:
    """A response that is written while it is made.

    Args:
        produce: Makes it. An error before its first piece is the invocation's error; a later one goes out as
            trailers behind what was written.
        content_type: Content type of the invocation's response.
    """

    produce: Callable[[Write], None]
    content_type: str = "application/octet-stream"


@dataclass(slots=True)
class HttpStream:
    """An HTTP response for API Gateway's proxy integration in its streaming mode.

    The metadata go out with the first piece, so that until then the status may still become another one.

    Args:
        write: Takes the pieces.

    Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode-lambda.html
        (read 2026-11-24).
    """

    write: Write
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    begun: bool = False

    def send(self, piece: bytes) -> None:
        """Send a piece of the body, behind the metadata if it is the first one."""
        if not self.begun:
            self.begun = True
            metadata = {"statusCode": self.status, "headers": dict(self.headers)}
            piece = json.dumps(metadata).encode() + _DELIMITER + piece
        self.write(piece)
