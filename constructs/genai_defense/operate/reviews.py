"""The reviewers' desk: list, decide, export what users reported and what was not grounded."""

import csv
import io
import json
import time
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from genai_defense.operate.outputs import Client, OperateError, output, stack_outputs

STATES = ("open", "confirmed", "dismissed")
COLUMNS = (
    "review_id", "time", "review_state", "rating", "found_by", "user_id", "conversation_id", "request_id",
    "comment", "decided_by", "decided_at", "note",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NOTE_CHARS = 1000


class Reviews:
    """The review table of a deployment.

    Args:
        client: Makes boto3 clients with a reviewer's rights (`ReviewTable.grant_review`).

    Raises:
        OperateError: The stacks are not here.
    """

    def __init__(self, client: Client) -> None:
        self._table = output(stack_outputs(client), "ReviewTableName")
        self._dynamodb = client("dynamodb")
        self._client = client

    def listed(self, state: str | None = "open") -> Iterator[dict[str, str]]:
        """Reviews, newest first.

        Args:
            state: One of `STATES`; None lists all.
        """
        start: dict[str, Any] = {}
        while True:
            page = self._dynamodb.query(
                TableName=self._table,
                KeyConditionExpression="pk = :pk",
                ExpressionAttributeValues={":pk": {"S": "review"}},
                ScanIndexForward=False,
                **start,
            )
            for row in page["Items"]:
                review = {name: next(iter(value.values())) for name, value in row.items()}
                if state is None or review["review_state"] == state:
                    yield review
            if "LastEvaluatedKey" not in page:
                return
            start = {"ExclusiveStartKey": page["LastEvaluatedKey"]}

    def decide(self, review_id: str, state: str, note: str = "") -> None:
        """Write a decision, once.

        Args:
            review_id: Which review.
            state: `confirmed` or `dismissed`.
            note: Why, at most 1,000 characters.

        Raises:
            OperateError: There is no such review, or it is decided.
        """
        if state not in STATES[1:] or len(note) > _NOTE_CHARS:
            raise OperateError(
                f"Decide with {' or '.join(STATES[1:])}, and a note of at most {_NOTE_CHARS} characters."
            )
        found = next((one for one in self.listed(None) if one["review_id"] == review_id), None)
        if found is None:
            raise OperateError(
                f"There is no review {review_id}. List them: genai-defense reviews list --all."
            )
        conditional = self._dynamodb.exceptions.ConditionalCheckFailedException
        try:
            self._dynamodb.update_item(
                TableName=self._table,
                Key={"pk": {"S": "review"}, "sk": {"S": found["sk"]}},
                UpdateExpression="SET review_state = :state, decided_by = :who, decided_at = :at, "
                "note = :note",
                ConditionExpression="review_state = :open",
                ExpressionAttributeValues={
                    ":state": {"S": state},
                    ":who": {"S": self._client("sts").get_caller_identity()["Arn"]},
                    ":at": {"S": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())},
                    ":note": {"S": note},
                    ":open": {"S": "open"},
                },
            )
        except conditional:
            raise OperateError(f"Review {review_id} is {found['review_state']} already.") from None


def as_jsonl(reviews: Iterable[Mapping[str, str]]) -> str:
    """One JSON object a line, the columns that are there."""
    lines = (
        json.dumps({name: one[name] for name in COLUMNS if name in one}, ensure_ascii=True) for one in reviews
    )
    return "".join(f"{line}\n" for line in lines)


def as_csv(reviews: Iterable[Mapping[str, str]]) -> str:
    """A table for spreadsheets, in which no cell is taken for a formula.

    Source: https://owasp.org/www-community/attacks/CSV_Injection (read 2026-11-24).
    """
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(COLUMNS)
    for one in reviews:
        writer.writerow([_cell(one.get(name, "")) for name in COLUMNS])
    return out.getvalue()


def _cell(text: str) -> str:
    # Full-width forms of the same signs start a formula in some locales.
    harmful = text.startswith(_FORMULA) or (text[:1] in "\uff1d\uff0b\uff0d\uff20" and bool(text))
    return f"'{text}" if harmful else text
