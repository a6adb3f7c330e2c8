"""A guardrail function whose three AWS clients are fakes that a test can break one at a time."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast

import pytest
from botocore.exceptions import ClientError

from guardrail import handler as handler_module
from guardrail.address import SeenBy
from guardrail.audit import Audit
from guardrail.chat_client import ChatClient
from guardrail.events import SecurityEvents
from guardrail.flow import Guardrail
from guardrail.kill_switch import KillSwitch
from guardrail.quota import Quota
from guardrail.recorder import Recorder
from guardrail.standing import UserStanding
from guardrail.telemetry import logger, metrics
from guardrail_engine import Engine
from streaming_runtime import ClientGoneError, StreamedResponse

if TYPE_CHECKING:
    import logging
    from collections.abc import Callable, Iterator

    from aws_lambda_powertools.utilities.typing import LambdaContext
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_events import EventBridgeClient
    from mypy_boto3_lambda import LambdaClient
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_ssm import SSMClient

CANARY = "canary-qwzvkjxhpmtrbfyd"
USER = "6f1f2c1e-5d0a-4b5e-9c3e-1a2b3c4d5e6f"
NOW = datetime(2026, 11, 23, 18, 0, 0, tzinfo=UTC)


def client_error(code: str) -> ClientError:
    """What boto3 raises when a service says no."""
    return ClientError({"Error": {"Code": code, "Message": "on purpose"}}, "Operation")


@dataclass
class FakeChatFunction:
    """Stands for the Lambda client that calls the chat function."""

    answer: str | Callable[[dict[str, str]], str] = "Paris."
    intervened: bool = False
    truncated: bool = False
    sources: list[dict[str, str]] = field(default_factory=list[dict[str, str]])
    approvals: list[str] = field(default_factory=list[str])
    withheld: list[dict[str, str]] = field(default_factory=list[dict[str, str]])
    documents_unavailable: bool = False
    more: dict[str, Any] = field(default_factory=dict[str, Any])
    usage: tuple[int, int] = (40, 10)
    raw: bytes | None = None
    function_error: str | None = None
    status: int = 200
    error: Exception | None = None
    breaks_after: int | None = None
    break_with: Exception | None = None
    cut_off: bool = False
    payloads: list[dict[str, str]] = field(default_factory=list[dict[str, str]])
    calls: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])

    def invoke(self, **arguments: Any) -> dict[str, Any]:
        self.calls.append(arguments)
        payload: dict[str, str] = json.loads(arguments["Payload"])
        self.payloads.append(payload)
        if self.error is not None:
            raise self.error
        answer = self.answer if isinstance(self.answer, str) else self.answer(payload)
        body = self.raw
        if body is None:
            body = json.dumps({"answer": answer, **self.rest}).encode()
        response: dict[str, Any] = {"StatusCode": self.status, "Payload": io.BytesIO(body)}
        return response | ({"FunctionError": self.function_error} if self.function_error else {})

    @property
    def rest(self) -> dict[str, Any]:
        """What comes beside the text."""
        return {
            "stop_reason": "end_turn",
            "truncated": self.truncated,
            "guardrail_intervened": self.intervened,
            "sources": self.sources,
            "approvals": self.approvals,
            "withheld": self.withheld,
            "documents_unavailable": self.documents_unavailable,
            "usage": {"input_tokens": self.usage[0], "output_tokens": self.usage[1]},
            **self.more,
        }

    def invoke_with_response_stream(self, **arguments: Any) -> dict[str, Any]:
        self.calls.append(arguments)
        payload: dict[str, str] = json.loads(arguments["Payload"])
        self.payloads.append(payload)
        if self.error is not None:
            raise self.error
        return {"StatusCode": self.status, "EventStream": self._events(payload)}

    def _events(self, payload: dict[str, str]) -> Iterator[dict[str, Any]]:
        answer = self.answer if isinstance(self.answer, str) else self.answer(payload)
        lines = [{"type": "text", "text": answer[at : at + 7]} for at in range(0, len(answer), 7)]
        body = b"".join(
            json.dumps(line).encode() + b"\n" for line in (*lines, {"type": "answer", **self.rest})
        )
        body = self.raw if self.raw is not None else body
        if self.breaks_after is not None:
            body = body[: self.breaks_after]
        # Chunks of the network are no lines.
        for at in range(0, len(body), 50):
            yield {"PayloadChunk": {"Payload": body[at : at + 50]}}
        if self.break_with is not None:
            raise self.break_with
        if not self.cut_off:
            yield {"InvokeComplete": {"ErrorCode": self.function_error} if self.function_error else {}}


@dataclass
class FakeQuotaTable:
    """Stands for the DynamoDB client; adds up, judges no conditions (``test_quota`` has a real table)."""

    requests: int = 0
    tokens: int = 0
    reserve_error: Exception | None = None
    settle_error: Exception | None = None
    pace_error: Exception | None = None
    calls: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])

    def update_item(self, **arguments: Any) -> dict[str, Any]:
        self.calls.append(arguments)
        values = arguments["ExpressionAttributeValues"]
        if ":t" not in values:
            if self.pace_error is not None:
                raise self.pace_error
            return {}
        error = self.reserve_error if ":one" in values else self.settle_error
        if error is not None:
            raise error
        self.requests += int(values.get(":one", {"N": "0"})["N"])
        self.tokens += int(values[":t"]["N"])
        return {"Attributes": {"requests": {"N": str(self.requests)}, "tokens": {"N": str(self.tokens)}}}


@dataclass
class FakeSwitch:
    """Stands for the Parameter Store client."""

    value: str = "off"
    error: Exception | None = None
    clock: float = 0.0

    def get_parameter(self, **_arguments: Any) -> dict[str, Any]:
        if self.error is not None:
            raise self.error
        return {"Parameter": {"Value": self.value}}


@dataclass
class FakeStandings:
    """Stands for the DynamoDB client that reads how users stand."""

    row: dict[str, Any] | None = None
    error: Exception | None = None

    def get_item(self, **arguments: Any) -> dict[str, Any]:
        assert arguments["ConsistentRead"] is True
        if self.error is not None:
            raise self.error
        return {} if self.row is None else {"Item": self.row}


@dataclass
class FakeBus:
    """Stands for the EventBridge client."""

    error: Exception | None = None
    lost: int = 0
    entries: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])

    def put_events(self, **arguments: Any) -> dict[str, Any]:
        if self.error is not None:
            raise self.error
        self.entries += arguments["Entries"]
        return {"FailedEntryCount": self.lost}

    @property
    def told(self) -> list[tuple[str, dict[str, Any]]]:
        """Detail type and detail of each event."""
        return [(entry["DetailType"], json.loads(entry["Detail"])) for entry in self.entries]


@dataclass
class FakeBucket:
    """Stands for the S3 client; a key is written once, as the request must ask for."""

    error: Exception | None = None
    calls: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    keys: set[str] = field(default_factory=set[str])

    def put_object(self, **arguments: Any) -> dict[str, Any]:
        self.calls.append(arguments)
        if self.error is not None:
            raise self.error
        if arguments["IfNoneMatch"] == "*" and arguments["Key"] in self.keys:
            raise client_error("PreconditionFailed")
        self.keys.add(arguments["Key"])
        return {}

    @property
    def records(self) -> list[dict[str, Any]]:
        return [json.loads(call["Body"]) for call in self.calls]


@dataclass
class Response:
    """A proxy response, its body parsed."""

    status: int
    headers: dict[str, str]
    body: dict[str, Any]


@dataclass
class Streamed:
    """A streamed response: its metadata and its body."""

    metadata: dict[str, Any]
    body: str

    @property
    def status(self) -> int:
        return int(self.metadata["statusCode"])

    @property
    def lines(self) -> list[dict[str, Any]]:
        """The body, parsed line by line."""
        return [json.loads(line) for line in self.body.split("\n") if line]

    @property
    def text(self) -> str:
        """All that the user was shown."""
        return "".join(line["text"] for line in self.lines if line.get("type") == "segment")


@dataclass
class World:
    """The handler under test and everything around it."""

    chat: FakeChatFunction
    quota: FakeQuotaTable
    bucket: FakeBucket
    switch: FakeSwitch
    standings: FakeStandings
    bus: FakeBus
    context: LambdaContext
    capsys: pytest.CaptureFixture[str]
    log: io.StringIO
    printed: str = ""
    invocations: int = 0

    def send(self, event: object) -> Response:
        """Call the handler, each time as a new invocation; what it printed is kept in ``printed``."""
        self.invocations += 1
        # A dataclass, whatever the handler takes it for.
        context: Any = replace(cast("Any", self.context), aws_request_id=f"invocation-{self.invocations}")
        raw = handler_module.handler(event, context)
        assert isinstance(raw, dict)
        self.printed += self.capsys.readouterr().out + self.log.getvalue()
        self.log.truncate(self.log.seek(0))
        return Response(raw["statusCode"], raw["headers"], json.loads(raw["body"]))

    def stream(
        self, message: object, *, path: str = "/api/chat/stream", gone_after: int | None = None
    ) -> Streamed:
        """Send a message to the streamed route; the user may go away after some pieces."""
        self.invocations += 1
        context: Any = replace(cast("Any", self.context), aws_request_id=f"invocation-{self.invocations}")
        response = handler_module.handler(
            {**event(json.dumps({"message": message})), "resource": path}, context
        )
        assert isinstance(response, StreamedResponse)
        pieces: list[bytes] = []

        def write(piece: bytes) -> None:
            if gone_after is not None and len(pieces) >= gone_after:
                raise ClientGoneError
            pieces.append(piece)

        response.produce(write)
        self.printed += self.capsys.readouterr().out + self.log.getvalue()
        self.log.truncate(self.log.seek(0))
        metadata, _, body = b"".join(pieces).partition(b"\x00" * 8)
        return Streamed(json.loads(metadata), body.decode())

    def ask(self, message: object, **fields: object) -> Response:
        """Send a message as a signed-in user."""
        return self.send(event(json.dumps({"message": message, **fields})))

    @property
    def record(self) -> dict[str, Any]:
        """The audit record of the last request."""
        return self.bucket.records[-1]

    def metrics(self) -> list[tuple[str, float, tuple[str, ...], str | None]]:
        """Each metric printed so far: name, value, dimension names, risk."""
        found: list[tuple[str, float, tuple[str, ...], str | None]] = []
        for line in self.printed.split("\n"):
            content: dict[str, Any] = json.loads(line) if line.startswith('{"_aws"') else {}
            for directive in content.get("_aws", {}).get("CloudWatchMetrics", []):
                assert directive["Namespace"] == "GenAiDefense"
                assert content["service"] == "guardrail"
                dimensions = tuple(sorted(directive["Dimensions"][0]))
                found += [
                    (metric["Name"], sum(content[metric["Name"]]), dimensions, content.get("risk"))
                    for metric in directive["Metrics"]
                ]
        return found


def event(body: object, *, user: object = USER, request_id: object = "api-request-1") -> dict[str, Any]:
    """API Gateway's proxy event after the authorizer."""
    return {
        "body": body,
        "isBase64Encoded": False,
        "requestContext": {"requestId": request_id, "authorizer": {"claims": {"sub": user}}},
    }


@pytest.fixture
def make_event() -> Callable[..., dict[str, Any]]:
    """Builds proxy events."""
    return event


@pytest.fixture
def service_error() -> Callable[[str], ClientError]:
    """Builds what boto3 raises."""
    return client_error


@pytest.fixture
def world(
    monkeypatch: pytest.MonkeyPatch, context: LambdaContext, capsys: pytest.CaptureFixture[str]
) -> Iterator[World]:
    """A handler with a quota of 5 requests and 20,000 tokens a day, and docs.example.com as allowed host."""
    chat, quota, bucket, switch = FakeChatFunction(), FakeQuotaTable(), FakeBucket(), FakeSwitch()
    standings, bus, recorder = FakeStandings(), FakeBus(), Recorder(logger, metrics)
    counted = Quota(
        client=cast("DynamoDBClient", quota),
        settling_client=cast("DynamoDBClient", quota),
        table_name="quota",
        requests_per_day=5,
        tokens_per_day=20_000,
    )
    flow = Guardrail(
        kill_switch=KillSwitch(cast("SSMClient", switch), "switch", now=lambda: switch.clock),
        engine=Engine(allowed_link_hosts=frozenset({"docs.example.com"})),
        quota=counted,
        standing=UserStanding(
            client=cast("DynamoDBClient", standings), table_name="standings", quota=counted
        ),
        events=SecurityEvents(cast("EventBridgeClient", bus), "bus", recorder),
        seen_by=SeenBy.DISTRIBUTION,
        chat=ChatClient(cast("LambdaClient", chat), cast("LambdaClient", chat), "chat"),
        audit=Audit(cast("S3Client", bucket), "audit-bucket"),
        recorder=recorder,
        max_output_tokens=500,
        now=lambda: NOW,
        canary=lambda: CANARY,
    )

    monkeypatch.setattr(handler_module, "guardrail", lambda: flow)
    # Powertools' handler holds on to the stdout of the moment it was made.
    log = io.StringIO()
    handler = cast("logging.StreamHandler[Any]", logger.registered_handler)
    stdout = handler.setStream(log)
    yield World(chat, quota, bucket, switch, standings, bus, context, capsys, log)
    handler.setStream(stdout)
    metrics.clear_metrics()
