"""Responses that leave the emulator while they are made.

The emulator has bodies that stream, and sends them so; its Lambda, API Gateway and Bedrock do not use them.
Here they do: Lambda's InvokeWithResponseStream hands on what the function's process writes, a proxy
integration in streaming mode reads the metadata and hands on the rest, and ConverseStream hands on what the
model's server sends, each piece judged by the guardrail first, as in its synchronous mode.
"""

import asyncio
import contextvars
import json
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

from genai_defense.local.clients import emulator_module
from genai_defense.local.streaming_worker import wraps

Answer = tuple[int, dict[str, str], Any]
Function = Callable[..., Any]
Send = Callable[[dict[str, Any]], Awaitable[None]]

STREAMED_URI = "/response-streaming-invocations"
_DELIMITER = b"\x00" * 8
_FAILED = 502


class Pipe:
    """What one thread writes and the event loop reads."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._queue: asyncio.Queue[bytes | None] = asyncio.Queue()
        self.result: dict[str, Any] = {}

    def write(self, piece: bytes) -> None:
        """Hand on a piece; from any thread."""
        self._loop.call_soon_threadsafe(self._queue.put_nowait, piece)

    def start(self, work: Callable[[], dict[str, Any]]) -> None:
        """Do the work on a thread of its own, in this request's account and Region; its end ends the pipe."""
        context = contextvars.copy_context()

        def run() -> None:
            try:
                self.result = context.run(work)
            except Exception as error:  # noqa: BLE001 - a thread's error is the reader's
                self.result = {"error": True, "body": {"errorType": type(error).__name__}}
            self._loop.call_soon_threadsafe(self._queue.put_nowait, None)

        threading.Thread(target=run, name="streaming", daemon=True).start()

    async def pieces(self) -> AsyncIterator[bytes]:
        """Each piece when it comes."""
        while (piece := await self._queue.get()) is not None:
            yield piece


def _streaming(pieces: AsyncIterator[bytes]) -> Any:
    """A body that is sent piece by piece."""

    async def run(send: Send, _receive: object) -> None:
        async for piece in pieces:
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    return emulator_module("core.responses").StreamingResponse(run)


def stream_of(pipe: Pipe) -> Any:
    """A body of all that goes into a pipe."""
    return _streaming(pipe.pieces())


def _invocation(record: dict[str, Any], event: Any) -> Pipe:
    """Invoke a function whose worker streams."""
    lambda_service = emulator_module("services.lambda_svc")
    pipe = Pipe()
    token = _sink.set(pipe.write)
    try:
        pipe.start(lambda: lambda_service._execute_function_with_config_scope(record, event))  # noqa: SLF001 - patches_streaming.py checks
    finally:
        _sink.reset(token)
    return pipe


_sink: contextvars.ContextVar[Callable[[bytes], None] | None] = contextvars.ContextVar("sink", default=None)


def with_sink(original: Function) -> Function:
    """The lease of a worker, which gets the way out of this invocation."""

    def acquire(*arguments: Any, **options: Any) -> Any:
        worker, reason = original(*arguments, **options)
        if worker is not None:
            worker.sink = _sink.get()
        return worker, reason

    return acquire


async def _events(pipe: Pipe, encode: Function) -> AsyncIterator[bytes]:
    def event(kind: str, payload: bytes, content_type: str) -> bytes:
        headers = {":message-type": "event", ":event-type": kind, ":content-type": content_type}
        framed: bytes = encode(headers, payload)
        return framed

    async for piece in pipe.pieces():
        yield event("PayloadChunk", piece, "application/octet-stream")
    failed = {"ErrorCode": "Unhandled"} if pipe.result.get("error") else {}
    yield event("InvokeComplete", json.dumps(failed).encode(), "application/json")


def streaming_invoke(original: Function) -> Function:
    """Lambda's InvokeWithResponseStream."""

    async def invoke(name: str, event: Any, *rest: Any) -> Answer:
        lambda_service = emulator_module("services.lambda_svc")
        function = lambda_service._functions.get(name)  # noqa: SLF001 - patches_streaming.py checks
        if function is None or not wraps(function["config"]):
            answer: Answer = await original(name, event, *rest)
            return answer
        pipe = _invocation(function, event)
        headers = {"Content-Type": "application/vnd.amazon.eventstream"}
        return 200, headers, _streaming(_events(pipe, lambda_service._es_encode_message))  # noqa: SLF001 - the same

    return invoke


def streaming_proxy(original: Function) -> Function:
    """API Gateway's Lambda proxy integration."""

    async def integrate(integration: dict[str, Any], *where: Any, **options: Any) -> Answer:
        uri = str(integration.get("uri", ""))
        if not uri.endswith(STREAMED_URI):
            answer: Answer = await original(integration, *where, **options)
            return answer
        gateway = emulator_module("services.apigateway_v1")
        lambda_service = emulator_module("services.lambda_svc")
        scope = {"account_id": options.pop("owner_account_id"), "region": options.pop("owner_region")}
        event = gateway._build_lambda_event_v1(*where, **options)  # noqa: SLF001 - patches_streaming.py checks
        reference = gateway._extract_lambda_ref_from_integration_uri(uri.removesuffix(STREAMED_URI))  # noqa: SLF001 - the same
        function, config, _ = lambda_service._get_func_record_for_ref_in_scope(reference, **scope)  # noqa: SLF001 - the same
        record = lambda_service._execution_record_for_config(function, config)  # noqa: SLF001 - the same
        return await _http_answer(_invocation(record, event))

    return integrate


async def _http_answer(pipe: Pipe) -> Answer:
    """Status and headers from the metadata, the rest as it comes; without metadata there is no response."""
    pieces = pipe.pieces()
    head = b""
    async for piece in pieces:
        head += piece
        if _DELIMITER in head:
            break
    metadata, delimiter, first = head.partition(_DELIMITER)
    if not delimiter:
        return _FAILED, {"Content-Type": "application/json"}, b'{"message": "Internal server error"}'
    told = json.loads(metadata)

    async def rest() -> AsyncIterator[bytes]:
        yield first
        async for piece in pieces:
            yield piece

    return told["statusCode"], dict(told.get("headers", {})), _streaming(rest())
