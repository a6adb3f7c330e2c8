"""Lambda's Runtime API: the next invocation, its response at once or in pieces, its error.

Source: https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html,
    https://docs.aws.amazon.com/lambda/latest/dg/runtimes-custom.html#runtimes-custom-response-streaming (read
    2026-11-24).
"""

from __future__ import annotations

import base64
import http.client
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from streaming_runtime.response import ClientGoneError

if TYPE_CHECKING:
    from collections.abc import Mapping

_ROOT: Final = "/2018-06-01/runtime"
_ACCEPTED: Final = 300
_TOO_LARGE: Final = 413
_CONTAINER_ERROR: Final = 500
_ERROR_TYPE: Final = "Lambda-Runtime-Function-Error-Type"
_ERROR_BODY: Final = "Lambda-Runtime-Function-Error-Body"


class ContainerError(Exception):
    """The Runtime API says that this execution environment is lost; the runtime must end."""


class ResponseTooLargeError(Exception):
    """The response is larger than Lambda takes at once."""


@dataclass(frozen=True, slots=True)
class Fault:
    """An error as Lambda reports it. No traceback: it may quote what a user wrote.

    Args:
        kind: ``Runtime.<Reason>``, or the class of the error.
        message: For the caller.
    """

    kind: str
    message: str

    @classmethod
    def of(cls, error: Exception) -> Fault:
        """The fault of an exception."""
        return cls(type(error).__name__, str(error))

    @property
    def body(self) -> bytes:
        """As the API takes it."""
        return json.dumps({"errorType": self.kind, "errorMessage": self.message, "stackTrace": []}).encode()


@dataclass(frozen=True, slots=True)
class Invocation:
    """What is to be done.

    Args:
        request_id: Lambda's id.
        payload: The event, as it came.
        headers: Deadline, function and trace; names in lower case.
    """

    request_id: str
    payload: bytes
    headers: Mapping[str, str]


class RuntimeApi:
    """The API of this execution environment.

    Args:
        address: Host and port (``AWS_LAMBDA_RUNTIME_API``).
    """

    def __init__(self, address: str) -> None:
        self._address = address

    def next(self) -> Invocation:
        """Wait for an invocation, for as long as it takes: the environment may be frozen in between.

        Raises:
            ContainerError: There will be none.
        """
        connection = http.client.HTTPConnection(self._address)
        try:
            connection.request("GET", f"{_ROOT}/invocation/next")
            response = connection.getresponse()
            payload = response.read()
        except (OSError, http.client.HTTPException) as error:
            raise ContainerError(str(error)) from error
        finally:
            connection.close()
        headers = {name.lower(): value for name, value in response.getheaders()}
        request_id = headers.get("lambda-runtime-aws-request-id")
        if response.status >= _ACCEPTED or not request_id:
            raise ContainerError(f"status {response.status}")
        return Invocation(request_id, payload, headers)

    def respond(self, request_id: str, body: bytes) -> None:
        """Post a whole response.

        Raises:
            ResponseTooLargeError: Lambda does not take that much; nothing was sent.
            ContainerError: The environment is lost.
        """
        self._post(f"{_ROOT}/invocation/{request_id}/response", body, {})

    def fail(self, request_id: str, fault: Fault) -> None:
        """Post an error in place of a response."""
        self._post(f"{_ROOT}/invocation/{request_id}/error", fault.body, {_ERROR_TYPE: fault.kind})

    def fail_to_start(self, fault: Fault) -> None:
        """Post why no invocation can be taken."""
        self._post(f"{_ROOT}/init/error", fault.body, {_ERROR_TYPE: fault.kind})

    def stream(self, request_id: str, content_type: str) -> ResponseStream:
        """Begin a response in pieces."""
        return ResponseStream(self._address, f"{_ROOT}/invocation/{request_id}/response", content_type)

    def _post(self, path: str, body: bytes, headers: Mapping[str, str]) -> None:
        connection = http.client.HTTPConnection(self._address)
        try:
            connection.request("POST", path, body, {"Content-Type": "application/json", **headers})
            response = connection.getresponse()
            response.read()
        except (OSError, http.client.HTTPException) as error:
            raise ContainerError(str(error)) from error
        finally:
            connection.close()
        if response.status == _TOO_LARGE:
            raise ResponseTooLargeError("The response is larger than Lambda takes at once. Stream it.")
        if response.status >= _CONTAINER_ERROR:
            raise ContainerError(f"status {response.status}")


class ResponseStream:
    """A response on its way. The request begins with the first piece.

    Args:
        address: Host and port.
        path: Where it is posted.
        content_type: Its content type.
    """

    def __init__(self, address: str, path: str, content_type: str) -> None:
        self._connection = http.client.HTTPConnection(address)
        self._path = path
        self._content_type = content_type
        self.begun = False
        self._gone = False

    def write(self, piece: bytes) -> None:
        """Send a piece.

        Raises:
            ClientGoneError: Nobody takes it.
        """
        if piece:
            self._send(b"%x\r\n%b\r\n" % (len(piece), piece))

    def end(self, fault: Fault | None = None) -> None:
        """Say that it is complete, or what broke; when nobody listens any more, to nobody."""
        trailers = b""
        if fault is not None:
            body = base64.b64encode(fault.body)
            trailers = b"%b: %b\r\n%b: %b\r\n" % (
                _ERROR_TYPE.encode(),
                fault.kind.encode("ascii", "replace"),
                _ERROR_BODY.encode(),
                body,
            )
        try:
            self._send(b"0\r\n" + trailers + b"\r\n")
            self._connection.getresponse().read()
        except (ClientGoneError, OSError, http.client.HTTPException):
            return
        finally:
            self._connection.close()

    def _send(self, frame: bytes) -> None:
        if self._gone:
            raise ClientGoneError
        try:
            if not self.begun:
                self.begun = True
                self._begin()
            self._connection.send(frame)
        except OSError as error:
            self._gone = True
            raise ClientGoneError from error

    def _begin(self) -> None:
        self._connection.putrequest("POST", self._path)
        self._connection.putheader("Content-Type", self._content_type)
        self._connection.putheader("Lambda-Runtime-Function-Response-Mode", "streaming")
        self._connection.putheader("Transfer-Encoding", "chunked")
        # Trailers must be announced, or they may not come.
        self._connection.putheader("Trailer", f"{_ERROR_TYPE}, {_ERROR_BODY}")
        self._connection.endheaders()
