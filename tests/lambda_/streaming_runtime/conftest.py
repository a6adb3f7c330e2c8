"""A Runtime API on the loopback that keeps what a runtime posts, and the runtime as a process of its own."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LAMBDA = Path(__file__).resolve().parents[3] / "lambda"
WAIT = 20.0


@dataclass
class Posted:
    """A request that the runtime made."""

    path: str
    headers: dict[str, str]
    body: bytes
    chunks: list[bytes] = field(default_factory=list[bytes])
    times: list[float] = field(default_factory=list[float])
    trailers: dict[str, str] = field(default_factory=dict[str, str])

    @property
    def what(self) -> str:
        """``<request id>/response``, ``<request id>/error`` or ``init/error``."""
        return "/".join(self.path.split("/")[-2:])


class RuntimeApiServer:
    """Gives out the planned invocations; long-polls when there is none."""

    def __init__(self) -> None:
        self.events: queue.Queue[tuple[str, bytes, dict[str, str]] | None] = queue.Queue()
        self.posted: queue.Queue[Posted] = queue.Queue()
        self.status = 202
        self.hang_up_after: int | None = None
        self._count = 0
        self._server = _Server(self)
        self.address = f"127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def invoke(self, payload: bytes, **headers: str) -> str:
        """Plan an invocation; its id."""
        self._count += 1
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        request_id = f"request-{self._count}"
        self.events.put((request_id, payload, named))
        return request_id

    def end(self) -> None:
        """Tell the runtime that the environment is lost."""
        self.events.put(None)

    def next_post(self) -> Posted:
        """What the runtime posts next."""
        return self.posted.get(timeout=WAIT)

    def close(self) -> None:
        for _ in range(3):
            self.end()
        self._server.shutdown()
        self._server.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    @property
    def api(self) -> RuntimeApiServer:
        return cast("_Server", self.server).api

    def do_GET(self) -> None:
        planned = self.api.events.get(timeout=WAIT)
        if planned is None:
            self.send_response(500)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        request_id, payload, headers = planned
        self.send_response(200)
        for name, value in {"Lambda-Runtime-Aws-Request-Id": request_id, **headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(payload)))
        self.end_headers()
        self.wfile.write(payload)

    def do_POST(self) -> None:
        posted = Posted(self.path, {k.lower(): v for k, v in self.headers.items()}, b"")
        if "chunked" in self.headers.get("Transfer-Encoding", "") and not self._chunks(posted):
            self.api.posted.put(posted)
            return
        if not posted.chunks:
            posted.body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        self.api.posted.put(posted)
        self.send_response(self.api.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _chunks(self, posted: Posted) -> bool:
        while size := int(self.rfile.readline(), 16):
            posted.chunks.append(self.rfile.read(size))
            posted.times.append(time.monotonic())
            self.rfile.readline()
            if self.api.hang_up_after is not None and len(posted.chunks) >= self.api.hang_up_after:
                self.close_connection = True
                return False
        while line := self.rfile.readline().strip():
            name, _, value = line.decode().partition(": ")
            posted.trailers[name.lower()] = value
        posted.body = b"".join(posted.chunks)
        return True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, api: RuntimeApiServer) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.api = api


@pytest.fixture
def api() -> Iterator[RuntimeApiServer]:
    """The API."""
    server = RuntimeApiServer()
    yield server
    server.close()


@pytest.fixture
def start(api: RuntimeApiServer, tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Starts the runtime as Lambda does: the wrapper script, with the interpreter and the managed start."""
    started: list[subprocess.Popen[bytes]] = []

    def start_it(code: str, handler: str = "function.handler") -> subprocess.Popen[bytes]:
        (tmp_path / "function.py").write_text(code)
        (tmp_path / "streaming_runtime").symlink_to(LAMBDA / "streaming_runtime")
        environment: dict[str, Any] = {
            "PATH": os.environ["PATH"],
            "AWS_LAMBDA_RUNTIME_API": api.address,
            "AWS_LAMBDA_FUNCTION_NAME": "under-test",
            "LAMBDA_TASK_ROOT": str(tmp_path),
            "_HANDLER": handler,
        }
        process = subprocess.Popen(
            [str(tmp_path / "streaming_runtime" / "start"), sys.executable, "/var/runtime/bootstrap.py"],
            env=environment,
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        started.append(process)
        return process

    yield start_it
    for process in started:
        process.kill()
        process.communicate()
