"""The reviewers' desk: newest first, decided once, exported without a formula."""

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genai_defense.operate.outputs import OperateError
from genai_defense.operate.reviews import COLUMNS, Reviews, as_csv, as_jsonl

REVIEW = {
    "review_id": "r-1",
    "time": "2026-11-23T18:00:00.000+00:00",
    "review_state": "open",
    "rating": "wrong",
    "found_by": "user",
    "user_id": "user-1",
    "conversation_id": "c-1",
    "request_id": "q-1",
    "comment": '=HYPERLINK("https://evil.example")',
}


class _CheckFailedError(Exception):
    pass


class Table:
    """Stands for DynamoDB, CloudFormation and STS."""

    class exceptions:  # noqa: N801 - boto3's name
        """Errors by name."""

        ConditionalCheckFailedException = _CheckFailedError

    def __init__(self, *rows: dict[str, str]) -> None:
        self.rows = {f"{row['time']}#{row['review_id']}": dict(row) for row in rows}

    def query(self, **arguments: Any) -> dict[str, Any]:
        keys = sorted(self.rows, reverse=not arguments["ScanIndexForward"])
        after = arguments.get("ExclusiveStartKey")
        keys = keys[keys.index(after) + 1 :] if after else keys
        page = [
            {"sk": {"S": key}, **{name: {"S": value} for name, value in self.rows[key].items()}}
            for key in keys[:2]
        ]
        return {"Items": page} | ({"LastEvaluatedKey": keys[1]} if len(keys) > 2 else {})

    def update_item(self, **arguments: Any) -> None:
        row = self.rows[arguments["Key"]["sk"]["S"]]
        if row["review_state"] != "open":
            raise _CheckFailedError
        values = arguments["ExpressionAttributeValues"]
        row |= {"review_state": values[":state"]["S"], "decided_by": values[":who"]["S"]}

    def get_caller_identity(self) -> dict[str, str]:
        return {"Arn": "arn:aws:sts::1:assumed-role/Reviewer/rita"}

    def get_paginator(self, _name: str) -> "Table":
        return self

    def paginate(self) -> Iterator[dict[str, Any]]:
        outputs = [{"OutputKey": "ReviewTableName", "OutputValue": "reviews"}]
        yield {"Stacks": [{"StackName": "GenAiDefense-Data", "Outputs": outputs}]}


def _desk(*rows: dict[str, str]) -> tuple[Reviews, Table]:
    table = Table(*rows)
    return Reviews(lambda _service: table), table


def test_open_reviews_come_newest_first_over_all_pages() -> None:
    rows = [{**REVIEW, "review_id": f"r-{day}", "time": f"2026-11-2{day}T00:00:00Z"} for day in range(1, 6)]
    rows[2]["review_state"] = "dismissed"
    desk, _ = _desk(*rows)
    assert [one["review_id"] for one in desk.listed()] == ["r-5", "r-4", "r-2", "r-1"]
    assert len(list(desk.listed(None))) == 5


def test_a_review_is_decided_once_with_who_decided() -> None:
    desk, table = _desk(REVIEW)
    desk.decide("r-1", "confirmed", "seen")
    (row,) = table.rows.values()
    assert (row["review_state"], row["decided_by"]) == (
        "confirmed",
        "arn:aws:sts::1:assumed-role/Reviewer/rita",
    )
    with pytest.raises(OperateError, match="confirmed already"):
        desk.decide("r-1", "dismissed")


@pytest.mark.parametrize(
    ("review", "state", "note"),
    [("r-9", "confirmed", ""), ("r-1", "open", ""), ("r-1", "confirmed", "x" * 1001)],
)
def test_a_decision_that_is_none_is_refused(review: str, state: str, note: str) -> None:
    desk, table = _desk(REVIEW)
    with pytest.raises(OperateError):
        desk.decide(review, state, note)
    assert next(iter(table.rows.values()))["review_state"] == "open"


@given(st.text(max_size=20))
def test_no_cell_of_the_table_is_a_formula_and_none_is_lost(comment: str) -> None:
    text = as_csv([{**REVIEW, "comment": comment}])
    header, row = list(csv.reader(io.StringIO(text)))
    assert tuple(header) == COLUMNS
    cell = row[COLUMNS.index("comment")]
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20"))
    assert cell.removeprefix("'") == comment.removeprefix("'") or cell == comment


def test_lines_are_json_and_split_at_newlines_only() -> None:
    text = as_jsonl([{**REVIEW, "comment": "one\u2028two"}, REVIEW])
    lines = text.split("\n")
    assert (len(lines), lines[-1]) == (3, "")
    assert json.loads(lines[0])["comment"] == "one\u2028two"


def test_without_stacks_it_is_said_where_to_look() -> None:
    class Nothing(Table):
        def paginate(self) -> Iterator[dict[str, Any]]:
            yield {"Stacks": []}

    with pytest.raises(OperateError, match="AWS_PROFILE"):
        Reviews(lambda _service: Nothing())
