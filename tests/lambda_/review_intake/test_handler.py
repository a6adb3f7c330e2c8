"""Messages of the review queue become open reviews, each once, and a bad one holds up no other."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from review_intake import handler as handler_module
from review_intake.review import MalformedError, review_of

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext
    from mypy_boto3_dynamodb import DynamoDBClient

FEEDBACK = {
    "version": 1,
    "user_id": "user-1",
    "time": "2026-11-23T18:00:00.000+00:00",
    "conversation_id": "c" * 36,
    "request_id": "request-1",
    "rating": "wrong",
    "comment": "=cmd|' /C calc'!A0",
}
UNGROUNDED = {
    "detail-type": "Grounding Failed",
    "detail": {
        "request_id": "request-2",
        "user_id": "user-1",
        "reason": "GROUNDING_FAILED",
        "conversation_id": "c" * 36,
        "time": "2026-11-23T18:00:01.000+00:00",
    },
}


@pytest.fixture
def rows(monkeypatch: pytest.MonkeyPatch, dynamodb: DynamoDBClient, table: str) -> Any:
    monkeypatch.setattr(handler_module, "_table", lambda: (dynamodb, table))
    return lambda: dynamodb.scan(TableName=table)["Items"]


def _records(*bodies: object) -> dict[str, Any]:
    return {
        "Records": [
            {"messageId": f"m-{number}", "body": body if isinstance(body, str) else json.dumps(body)}
            for number, body in enumerate(bodies)
        ]
    }


def test_feedback_and_ungrounded_answers_wait_for_reviewers(rows: Any, context: LambdaContext) -> None:
    assert handler_module.handler(_records(FEEDBACK, UNGROUNDED), context) == {"batchItemFailures": []}
    kept = sorted(rows(), key=lambda row: row["time"]["S"])
    assert [(row["rating"]["S"], row["found_by"]["S"], row["review_state"]["S"]) for row in kept] == [
        ("wrong", "user", "open"),
        ("ungrounded", "guardrail", "open"),
    ]
    assert kept[0]["comment"]["S"] == FEEDBACK["comment"]
    assert "comment" not in kept[1]


def test_a_message_that_comes_twice_is_one_review(rows: Any, context: LambdaContext) -> None:
    handler_module.handler(_records(FEEDBACK, FEEDBACK), context)
    handler_module.handler(_records(FEEDBACK), context)
    assert len(rows()) == 1


def test_a_decided_review_is_not_opened_again(
    rows: Any, context: LambdaContext, dynamodb: DynamoDBClient, table: str
) -> None:
    handler_module.handler(_records(FEEDBACK), context)
    (row,) = rows()
    dynamodb.put_item(TableName=table, Item={**row, "review_state": {"S": "dismissed"}})
    handler_module.handler(_records(FEEDBACK), context)
    assert [row["review_state"]["S"] for row in rows()] == ["dismissed"]


def test_a_bad_message_comes_again_and_the_others_are_kept(
    rows: Any, context: LambdaContext, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = handler_module.handler(_records("no JSON: my password", FEEDBACK), context)
    assert answer == {"batchItemFailures": [{"itemIdentifier": "m-0"}]}
    assert len(rows()) == 1
    assert "password" not in capsys.readouterr().out


@pytest.mark.parametrize(
    "message",
    [
        None,
        {},
        {**FEEDBACK, "rating": "excellent"},
        {**FEEDBACK, "comment": "x" * 1001},
        {**FEEDBACK, "comment": 7},
        {**FEEDBACK, "request_id": "a b"},
        {**FEEDBACK, "time": "yesterday"},
        {**UNGROUNDED, "detail": None},
        {**UNGROUNDED, "detail-type": "Attack Blocked"},
    ],
)
def test_what_nobody_sends_is_no_review(message: object) -> None:
    with pytest.raises(MalformedError):
        review_of(message)
