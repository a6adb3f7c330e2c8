"""CloudFormation's side: a request, a context with time left, and a receiver of answers on the loopback."""

from __future__ import annotations

import io
import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, cast

import pytest

from custom_resource import response, run

if TYPE_CHECKING:
    import logging
    from collections.abc import Callable, Iterator

    from aws_lambda_powertools.utilities.typing import LambdaContext

SECRET = "X-Amz-Signature=5ecre7"


@dataclass
class Receiver:
    """Takes answers; each with its path, content type and body. `statuses` are given out first."""

    url: str = ""
    answers: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    statuses: list[int] = field(default_factory=list[int])

    @property
    def body(self) -> dict[str, Any]:
        """The one answer that was taken."""
        (answer,) = self.answers
        return cast("dict[str, Any]", answer["body"])


@pytest.fixture
def receiver(monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    """A receiver at a loopback port; it counts as the embedded AWS of this machine."""
    taken = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_PUT(self) -> None:
            raw = self.rfile.read(int(self.headers["Content-Length"]))
            status = taken.statuses.pop(0) if taken.statuses else 200
            if status == 200:
                entry = {"path": self.path, "type": self.headers.get("Content-Type"), "body": json.loads(raw)}
                taken.answers.append(entry)
            self.send_response(status)
            self.send_header("Location", "http://127.0.0.1:9/elsewhere")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class names it so
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    taken.url = f"http://127.0.0.1:{server.server_port}/answer?{SECRET}"
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://localhost:{server.server_port}")
    monkeypatch.setattr(response, "_PAUSES", (0.01, 0.01))
    yield taken
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """What the function logs, in full, as CloudWatch would get it."""
    stream = io.StringIO()
    handler = cast("logging.StreamHandler[Any]", run.logger.registered_handler)
    monkeypatch.setattr(handler, "stream", stream)
    return stream


@pytest.fixture
def event(receiver: Receiver) -> Callable[..., dict[str, Any]]:
    """A request as CloudFormation sends it; keywords change or (with None) drop fields."""

    def make(kind: str = "Create", **changes: Any) -> dict[str, Any]:
        fields = {
            "RequestType": kind,
            "ResponseURL": receiver.url,
            "StackId": "arn:aws:cloudformation:eu-central-1:123456789012:stack/Chat/1",
            "RequestId": "request-1",
            "ResourceType": "Custom::Thing",
            "LogicalResourceId": "Thing",
            "PhysicalResourceId": None if kind == "Create" else "thing-1",
            "ResourceProperties": {"ServiceToken": "arn:aws:lambda:x", "Colour": "red"},
            **changes,
        }
        return {name: value for name, value in fields.items() if value is not None}

    return make


@dataclass(frozen=True)
class TimedContext:
    """What is read of Lambda's context."""

    milliseconds: int = 120_000
    log_stream_name: str = "2026/11/24/[1]abc"

    def get_remaining_time_in_millis(self) -> int:
        """The time that is left."""
        return self.milliseconds


@pytest.fixture
def timed() -> Callable[[int], LambdaContext]:
    """A context with so many milliseconds left before the function must have answered."""
    margin = int(run.MARGIN_SECONDS * 1000)
    return lambda milliseconds: cast("LambdaContext", TimedContext(milliseconds + margin))
