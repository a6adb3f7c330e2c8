"""Plain HTTP to the emulator: no proxy, no redirect followed, an error status is an answer."""

import json
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPMessage
from typing import IO, Any

REQUEST_SECONDS = 60.0


@dataclass(frozen=True)
class Reply:
    """An HTTP answer.

    Attributes:
        status: Status code.
        headers: Header names in lower case.
        body: The body as text.
    """

    status: int
    headers: Mapping[str, str]
    body: str

    def json(self) -> dict[str, Any]:
        """The body as a JSON object; empty when it is none."""
        try:
            answer: Any = json.loads(self.body)
        except ValueError:
            return {}
        return answer if isinstance(answer, dict) else {}  # pyright: ignore[reportUnknownVariableType] - JSON


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(  # noqa: PLR0917 - the base class's signature
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> None:
        """Follow nothing: the sign-in reads the code from the Location header."""


_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirect)


def send(
    url: str, *, method: str = "GET", headers: Mapping[str, str] | None = None, body: bytes | None = None
) -> Reply:
    """Send one request.

    Raises:
        urllib.error.URLError: Nobody answers at the address.
    """
    request = urllib.request.Request(url, data=body, headers=dict(headers or {}), method=method)  # noqa: S310 - loopback
    try:
        with _opener.open(request, timeout=REQUEST_SECONDS) as response:
            return _reply(response.status, response.headers, response.read())
    except urllib.error.HTTPError as error:
        with error:
            return _reply(error.code, error.headers, error.read())


@dataclass(frozen=True)
class Line:
    """A line of a streamed answer.

    Attributes:
        seconds: When it came, from the request on.
        content: The line, parsed.
    """

    seconds: float
    content: dict[str, Any]


def send_streamed(url: str, *, headers: Mapping[str, str], body: bytes) -> list[Line]:
    """Post, and read the answer line by line as it comes.

    Raises:
        urllib.error.URLError: Nobody answers at the address, or not with a success.
    """
    request = urllib.request.Request(url, data=body, headers=dict(headers), method="POST")  # noqa: S310 - loopback
    started = time.monotonic()
    with _opener.open(request, timeout=REQUEST_SECONDS) as response:
        return [Line(time.monotonic() - started, json.loads(line)) for line in response]


def _reply(status: int, headers: Any, body: bytes) -> Reply:
    return Reply(
        status,
        {str(key).lower(): str(value) for key, value in headers.items()},
        body.decode(errors="replace"),
    )
