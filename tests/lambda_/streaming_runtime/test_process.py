"""The runtime as Lambda starts it, against a real Runtime API on the loopback."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    import subprocess

    from tests.lambda_.streaming_runtime.conftest import RuntimeApiServer

Start = Callable[..., "subprocess.Popen[bytes]"]

FUNCTION = """
import os
import time
from streaming_runtime import ClientGoneError, HttpStream, StreamedResponse

def handler(event, context):
    what = event.get("do") if isinstance(event, dict) else None
    if what == "fail":
        raise ValueError("on purpose")
    if what == "stream":
        return StreamedResponse(lambda write: stream(event, write), "text/plain")
    if what == "http":
        return StreamedResponse(http)
    if what == "context":
        return {
            "id": context.aws_request_id, "arn": context.invoked_function_arn, "name": context.function_name,
            "left": context.get_remaining_time_in_millis(), "trace": os.environ.get("_X_AMZN_TRACE_ID"),
        }
    if what == "big":
        return "x" * event["size"]
    if what == "nonsense":
        return object()
    return {"echo": event}

def stream(event, write):
    for number in range(event.get("pieces", 3)):
        if number == event.get("break_at"):
            raise KeyError("secret-of-a-user")
        try:
            write(b"%d;" % number + b"x" * event.get("size", 0))
        except ClientGoneError:
            print("gone at", number)
            return
        time.sleep(event.get("pause", 0))

def http(write):
    out = HttpStream(write, headers={"Content-Type": "application/x-ndjson"})
    out.send(b"one")
    out.send(b"two")
"""


def _event(**fields: Any) -> bytes:
    return json.dumps(fields).encode()


def test_a_value_is_posted_whole(api: RuntimeApiServer, start: Start) -> None:
    start(FUNCTION)
    request_id = api.invoke(_event(question="ünal"))
    posted = api.next_post()
    assert posted.what == f"{request_id}/response"
    assert json.loads(posted.body) == {"echo": {"question": "ünal"}}
    assert "lambda-runtime-function-response-mode" not in posted.headers


def test_pieces_leave_when_they_are_written(api: RuntimeApiServer, start: Start) -> None:
    start(FUNCTION)
    api.invoke(_event(do="stream", pieces=3, pause=0.3))
    posted = api.next_post()
    assert posted.chunks == [b"0;", b"1;", b"2;"]
    assert posted.headers["lambda-runtime-function-response-mode"] == "streaming"
    assert posted.headers["content-type"] == "text/plain"
    assert posted.trailers == {}
    assert [
        later - earlier > 0.2 for earlier, later in zip(posted.times, posted.times[1:], strict=False)
    ] == [
        True,
        True,
    ]


def test_an_http_response_begins_with_its_metadata(api: RuntimeApiServer, start: Start) -> None:
    start(FUNCTION)
    api.invoke(_event(do="http"))
    metadata, _, body = api.next_post().body.partition(b"\x00" * 8)
    assert json.loads(metadata) == {"statusCode": 200, "headers": {"Content-Type": "application/x-ndjson"}}
    assert body == b"onetwo"


def test_many_invocations_go_through_one_process(api: RuntimeApiServer, start: Start) -> None:
    process = start(FUNCTION)
    for number in range(300):
        api.invoke(_event(do="stream", pieces=2) if number % 2 else _event(number=number))
    posted = [api.next_post() for _ in range(300)]
    assert [one.what for one in posted] == [f"request-{number}/response" for number in range(1, 301)]
    assert process.poll() is None


def test_an_error_of_the_handler_is_reported_and_the_next_invocation_served(
    api: RuntimeApiServer, start: Start
) -> None:
    start(FUNCTION)
    api.invoke(_event(do="fail"))
    posted = api.next_post()
    assert posted.what == "request-1/error"
    assert json.loads(posted.body) == {
        "errorType": "ValueError",
        "errorMessage": "on purpose",
        "stackTrace": [],
    }
    assert posted.headers["lambda-runtime-function-error-type"] == "ValueError"
    api.invoke(_event(fine=True))
    assert api.next_post().what == "request-2/response"


def test_an_error_before_the_first_piece_is_the_invocations_error(
    api: RuntimeApiServer, start: Start
) -> None:
    start(FUNCTION)
    api.invoke(_event(do="stream", break_at=0))
    posted = api.next_post()
    assert (posted.what, json.loads(posted.body)["errorType"]) == ("request-1/error", "KeyError")


def test_an_error_in_the_stream_follows_it_as_trailers(api: RuntimeApiServer, start: Start) -> None:
    start(FUNCTION)
    api.invoke(_event(do="stream", break_at=2))
    posted = api.next_post()
    assert posted.chunks == [b"0;", b"1;"]
    assert "Lambda-Runtime-Function-Error-Type" in posted.headers["trailer"]
    assert posted.trailers["lambda-runtime-function-error-type"] == "KeyError"
    body = json.loads(base64.b64decode(posted.trailers["lambda-runtime-function-error-body"]))
    assert body["errorType"] == "KeyError"
    api.invoke(_event(fine=True))
    assert api.next_post().what == "request-2/response"


def test_a_client_that_goes_away_is_told_to_the_handler_and_ends_nothing(
    api: RuntimeApiServer, start: Start
) -> None:
    process = start(FUNCTION)
    api.hang_up_after = 2
    api.invoke(_event(do="stream", pieces=200, size=100_000))
    assert len(api.next_post().chunks) == 2
    api.hang_up_after = None
    api.invoke(_event(fine=True))
    assert api.next_post().what == "request-2/response"
    api.end()
    output, _ = process.communicate(timeout=20)
    assert b"gone at" in output


def test_big_pieces_and_big_events_arrive_whole(api: RuntimeApiServer, start: Start) -> None:
    start(FUNCTION)
    api.invoke(_event(do="stream", pieces=4, size=3_000_000))
    assert [len(chunk) for chunk in api.next_post().chunks] == [3_000_002] * 4
    api.invoke(_event(text="x" * 5_000_000))
    assert len(api.next_post().body) > 5_000_000


def test_a_response_that_lambda_does_not_take_is_an_error_of_the_function(
    api: RuntimeApiServer, start: Start
) -> None:
    start(FUNCTION)
    api.status = 413
    api.invoke(_event(do="big", size=10))
    assert api.next_post().what == "request-1/response"
    # The report is refused as well by this server; that it is tried is what counts.
    assert json.loads(api.next_post().body)["errorType"] == "Function.ResponseSizeTooLarge"


def test_the_context_says_when_the_time_is_up(api: RuntimeApiServer, start: Start) -> None:
    start(FUNCTION)
    api.invoke(
        _event(do="context"),
        Lambda_Runtime_Deadline_Ms=str(int((time.time() + 10) * 1000)),
        Lambda_Runtime_Invoked_Function_Arn="arn:aws:lambda:eu-west-1:123456789012:function:under-test",
        Lambda_Runtime_Trace_Id="Root=1-5bef4de7",
    )
    told = json.loads(api.next_post().body)
    assert (told["id"], told["name"], told["trace"]) == ("request-1", "under-test", "Root=1-5bef4de7")
    assert told["arn"].endswith(":under-test")
    assert 5_000 < told["left"] <= 10_000
    api.invoke(_event(do="context"))
    told = json.loads(api.next_post().body)
    assert (told["left"], told["trace"]) == (0, None)


@pytest.mark.parametrize("event", [b"", b"{", b"[" * 100_000])
def test_an_event_that_is_no_json_is_reported(event: bytes, api: RuntimeApiServer, start: Start) -> None:
    start(FUNCTION)
    api.invoke(event)
    assert json.loads(api.next_post().body)["errorType"] == "Runtime.UnmarshalError"


def test_a_value_that_is_no_json_is_reported(api: RuntimeApiServer, start: Start) -> None:
    start(FUNCTION)
    api.invoke(_event(do="nonsense"))
    assert api.next_post().what == "request-1/error"


@pytest.mark.parametrize(
    ("code", "handler", "kind"),
    [
        ("import nothing_of_that_name", "function.handler", "Runtime.ModuleNotFoundError"),
        ("raise RuntimeError('on purpose')", "function.handler", "Runtime.RuntimeError"),
        ("x = (", "function.handler", "Runtime.SyntaxError"),
        (FUNCTION, "function.absent", "Runtime.AttributeError"),
        (FUNCTION, "absent.handler", "Runtime.ModuleNotFoundError"),
        (FUNCTION, "handler", "Runtime.ValueError"),
    ],
)
def test_a_function_that_cannot_start_says_so_and_ends(
    code: str, handler: str, kind: str, api: RuntimeApiServer, start: Start
) -> None:
    process = start(code, handler)
    posted = api.next_post()
    assert (posted.what, json.loads(posted.body)["errorType"]) == ("init/error", kind)
    assert process.wait(timeout=20) == 1


def test_the_process_ends_when_the_environment_is_lost(api: RuntimeApiServer, start: Start) -> None:
    process = start(FUNCTION)
    api.end()
    assert process.wait(timeout=20) == 0


def test_what_the_function_prints_is_out_before_the_next_invocation(
    api: RuntimeApiServer, start: Start
) -> None:
    """The environment is frozen between invocations: a line in a buffer would come late or never."""
    process = start("def handler(event, context):\n    print('printed')\n    return 1")
    api.invoke(b"{}")
    api.next_post()
    assert process.stdout is not None
    assert process.stdout.readline() == b"printed\n"
