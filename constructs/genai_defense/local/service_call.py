"""AWS API calls that stay inside the emulator's process.

A provisioner runs on the emulator's event loop, so a call over HTTP would wait for itself. botocore builds
the request and reads the answer as always; only the wire between them is replaced by the service's own
`handle_request`, through botocore's documented `before-send` event.
"""

import functools
from collections.abc import Callable, Coroutine
from io import BytesIO
from typing import IO, Any, cast
from urllib.parse import parse_qs, urlsplit

from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.compat import HTTPHeaders

from genai_defense.local.clients import aws_client, emulator_module
from genai_defense.local.provisioner import account_and_region

# botocore's service name to the module that implements it.
_MODULES = {
    "apigateway": "apigateway_v1",
    "backup": "backup",
    "bedrock": "bedrock",
    "bedrock-agent": "bedrock_agent",
    "budgets": "budgets",
    "cloudtrail": "cloudtrail",
    "cloudwatch": "cloudwatch",
    "config": "config",
    "ec2": "ec2",
    "s3": "s3",
    "wafv2": "waf",
}
_clients: dict[tuple[str, str, str], Any] = {}

Answer = tuple[int, dict[str, str], bytes]
Handle = Callable[[str, str, dict[str, str], bytes, dict[str, list[str]]], Coroutine[object, None, Answer]]


class _Body(BytesIO):
    def stream(self, _size: int = 0) -> list[bytes]:
        return [self.read()]


def drive(work: Coroutine[object, None, Answer]) -> Answer:
    """Finish a handler that never waits.

    Raises:
        RuntimeError: It does wait, which would block the emulator for ever.
    """
    try:
        work.send(None)
    except StopIteration as done:
        return cast("Answer", done.value)
    work.close()
    raise RuntimeError("the emulator's handler waits for something; call it from a worker thread instead")


def _raw(body: bytes | str | IO[bytes] | None) -> bytes:
    """What botocore would put on the wire: S3 hands a stream, other protocols text or bytes."""
    if body is None:
        return b""
    if isinstance(body, bytes):
        return body
    return body.encode() if isinstance(body, str) else body.read()


def _answer(handle: Handle, request: AWSPreparedRequest) -> AWSResponse:
    url = urlsplit(request.url)
    raw = _raw(cast("bytes | str | IO[bytes] | None", request.body))
    headers = {name.lower(): _raw(value).decode() for name, value in request.headers.items()}
    query = parse_qs(url.query, keep_blank_values=True)
    status, answered, content = drive(handle(request.method, url.path, headers, raw, query))
    read_headers = HTTPHeaders.from_dict({name.lower(): value for name, value in answered.items()})
    return AWSResponse(request.url, status, read_headers, _Body(content))


def client(service: str) -> Any:
    """The client of a service, wired to the emulator's own code, for the stack's account and Region."""
    account, region = account_and_region()
    if (service, account, region) not in _clients:
        handle = cast("Handle", emulator_module(f"services.{_MODULES[service]}").handle_request)
        # Nobody listens there: a request that slips past the hook below fails at once.
        made = aws_client(service, url="http://127.0.0.1:9", region=region, account=account)
        made.meta.events.register("before-send", functools.partial(_hook, handle))
        _clients[service, account, region] = made
    return _clients[service, account, region]


def _hook(handle: Handle, request: AWSPreparedRequest, **_: object) -> AWSResponse:
    return _answer(handle, request)
