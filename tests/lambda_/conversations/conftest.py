"""A conversations function over a real table, whose parts a test can break one at a time."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, cast

import pytest

from conversation_rows import list_key, title_of, turn_key
from conversations import handler as handler_module
from conversations.flow import Service
from conversations.reviews import Reviews
from conversations.store import OwnConversations
from conversations.usage import Usage
from standing_rows import Gate, Standing, State, item_of
from user_session import SessionCredentials, UserCredentials

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from aws_lambda_powertools.utilities.typing import LambdaContext
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_sqs import SQSClient

USER = "6f1f2c1e-5d0a-4b5e-9c3e-1a2b3c4d5e6f"
OTHER = "00000000-5d0a-4b5e-9c3e-1a2b3c4d5e6f"
NOW = datetime(2026, 11, 24, 18, 0, 0, tzinfo=UTC)


@dataclass
class FakeSessions:
    """Stands for ``UserCredentials``; remembers who was asked for."""

    error: Exception | None = None
    users: list[str] = field(default_factory=list[str])

    def of(self, user_id: str) -> SessionCredentials:
        if self.error is not None:
            raise self.error
        self.users.append(user_id)
        return SessionCredentials(user_id, "", "", NOW)


@dataclass
class FakeQueue:
    """Stands for the SQS client."""

    error: Exception | None = None
    messages: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])

    def send_message(self, **arguments: Any) -> dict[str, Any]:
        if self.error is not None:
            raise self.error
        assert arguments["QueueUrl"] == "https://queue"
        self.messages.append(json.loads(arguments["MessageBody"]))
        return {}


@dataclass
class Store:
    """The DynamoDB client that the function gets; a test may break it."""

    client: DynamoDBClient
    error: Exception | None = None
    calls: list[str] = field(default_factory=list[str])

    def __getattr__(self, name: str) -> Any:
        """Any operation of the client."""

        def call(**arguments: Any) -> Any:
            if self.error is not None:
                raise self.error
            self.calls.append(name)
            return getattr(self.client, name)(**arguments)

        return call


@dataclass
class World:
    """The handler under test and everything around it."""

    table: str
    store: Store
    sessions: FakeSessions
    queue: FakeQueue
    context: LambdaContext
    capsys: pytest.CaptureFixture[str]
    clock: float = 0.0
    printed: str = ""

    def call(self, method: str, resource: str, **event: Any) -> tuple[int, dict[str, Any]]:
        """Call the handler as the user, or with whatever the event overrides."""
        claims = {"sub": event.pop("user", USER)}
        whole = {
            "httpMethod": method,
            "resource": resource,
            "isBase64Encoded": False,
            "requestContext": {"requestId": "api-1", "authorizer": {"claims": claims}},
            **event,
        }
        return self.send(whole)

    def send(self, event: object) -> tuple[int, dict[str, Any]]:
        """Call the handler with an event of any shape."""
        raw = handler_module.handler(event, self.context)
        self.printed += self.capsys.readouterr().out
        return raw["statusCode"], json.loads(raw["body"]) if raw["body"] else {}

    def keep(self, conversation: str, *messages: str, user: str = USER, age: timedelta = timedelta()) -> None:
        """Store turns, one a second, the last one ``age`` ago."""
        client = self.store.client
        expires = {"N": str(int((NOW + timedelta(days=30) - age).timestamp()))}
        for index, message in enumerate(messages):
            time = NOW - age - timedelta(seconds=len(messages) - index)
            client.put_item(
                TableName=self.table,
                Item={
                    "pk": {"S": user},
                    "sk": {"S": turn_key(conversation, time, f"request-{index}")},
                    "message": {"S": message},
                    "answer": {"S": f"answer to {message}"},
                    "expires_at": expires,
                },
            )
        client.put_item(
            TableName=self.table,
            Item={
                "pk": {"S": user},
                "sk": {"S": list_key(conversation)},
                "title": {"S": title_of(messages[0])},
                "updated_at": {"S": (NOW - age).isoformat(timespec="microseconds")},
                "expires_at": expires,
            },
        )

    def stand(self, state: State, *, until: int = 0) -> None:
        """Let the responder have set how the user stands."""
        pause = 30 if state is State.SLOWED else 0
        row = item_of(USER, Standing(state=state, until=until, pause_seconds=pause, incident="i-1"))
        self.store.client.put_item(TableName=self.table, Item=row)

    def rows(self) -> list[str]:
        """Sort keys of all rows."""
        return [row["sk"].get("S", "") for row in self.store.client.scan(TableName=self.table)["Items"]]


def conversation(number: int) -> str:
    """An id that sorts unlike its time."""
    return f"{(number * 7919) % 65536:04x}6dae-20a4-42bd-9de9-0ef1{number:08x}"


@pytest.fixture
def conversation_id() -> Callable[[int], str]:
    """Makes ids."""
    return conversation


@pytest.fixture
def world(
    monkeypatch: pytest.MonkeyPatch,
    context: LambdaContext,
    dynamodb: DynamoDBClient,
    table: str,
    capsys: pytest.CaptureFixture[str],
) -> Iterator[World]:
    """A handler over one table for turns and quotas; 50 requests and 1,000 tokens a day."""
    world = World(table, Store(dynamodb), FakeSessions(), FakeQueue(), context, capsys)
    credentials = cast("UserCredentials", world.sessions)

    def connect(_session: SessionCredentials) -> DynamoDBClient:
        return cast("DynamoDBClient", world.store)

    service = Service(
        gate=Gate(lambda user_id: connect(credentials.of(user_id)), table),
        conversations=OwnConversations(credentials, connect, table, clock=lambda: world.clock),
        usage=Usage(
            credentials=credentials,
            connect=connect,
            table_name=table,
            requests_per_day=50,
            tokens_per_day=1000,
        ),
        reviews=Reviews(cast("SQSClient", world.queue), "https://queue"),
        now=lambda: NOW,
    )
    monkeypatch.setattr(handler_module, "service", lambda: service)
    yield world
    handler_module.metrics.clear_metrics()
