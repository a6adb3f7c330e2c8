"""One invocation after the other, until the environment ends."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from streaming_runtime.context import Context
from streaming_runtime.response import StreamedResponse
from streaming_runtime.runtime_api import ContainerError, Fault, ResponseTooLargeError

if TYPE_CHECKING:
    from streaming_runtime.runtime_api import Invocation, RuntimeApi

Handler = Callable[[Any, Any], Any]


def run(api: RuntimeApi, handler: Handler) -> None:
    """Take invocations until there are no more."""
    while True:
        try:
            invocation = api.next()
            _handle(api, handler, invocation)
        except ContainerError:
            return
        finally:
            # A frozen environment would show its last lines with the next invocation, or never.
            sys.stdout.flush()


def _handle(api: RuntimeApi, handler: Handler, invocation: Invocation) -> None:
    _follow_trace(invocation.headers.get("lambda-runtime-trace-id"))
    context = Context(
        invocation.request_id,
        invocation.headers.get("lambda-runtime-invoked-function-arn", ""),
        int(invocation.headers.get("lambda-runtime-deadline-ms", "0")),
    )
    try:
        event = json.loads(invocation.payload)
    except (ValueError, RecursionError):
        api.fail(invocation.request_id, Fault("Runtime.UnmarshalError", "The event is no JSON."))
        return
    try:
        answered = handler(event, context)
        body = b"" if isinstance(answered, StreamedResponse) else json.dumps(answered).encode()
    except Exception as error:  # noqa: BLE001 - whatever the handler raises is Lambda's to report
        api.fail(invocation.request_id, Fault.of(error))
        return
    if isinstance(answered, StreamedResponse):
        _stream(api, invocation.request_id, answered)
        return
    try:
        api.respond(invocation.request_id, body)
    except ResponseTooLargeError as error:
        api.fail(invocation.request_id, Fault("Function.ResponseSizeTooLarge", str(error)))


def _stream(api: RuntimeApi, request_id: str, response: StreamedResponse) -> None:
    stream = api.stream(request_id, response.content_type)
    try:
        response.produce(stream.write)
    except Exception as error:  # noqa: BLE001 - whatever the handler raises is Lambda's to report
        fault = Fault.of(error)
        if stream.begun:
            stream.end(fault)
        else:
            api.fail(request_id, fault)
        return
    if not stream.begun:
        # A response without a byte is one, too.
        api.respond(request_id, b"")
        return
    stream.end()


def _follow_trace(trace_id: str | None) -> None:
    if trace_id:
        os.environ["_X_AMZN_TRACE_ID"] = trace_id
    else:
        os.environ.pop("_X_AMZN_TRACE_ID", None)
