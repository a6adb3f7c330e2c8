"""An incident becomes one folder: what was counted, recorded and done, with the hash of each file."""

import hashlib
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from genai_defense.operate.evidence import collect
from genai_defense.operate.outputs import OperateError

DAY = "2026/11/23"
RECORDS: dict[str, dict[str, Any]] = {
    f"audit/{DAY}/q-1.json": {
        "request_id": "q-1",
        "user_id": "mallory",
        "time": "2026-11-23T18:00:00.000+00:00",
        "outcome": "refused",
        "reason": "PROMPT_INJECTION",
    },
    f"audit/{DAY}/q-2.json": {
        "request_id": "q-2",
        "user_id": "alice",
        "time": "2026-11-23T18:00:01.000+00:00",
        "outcome": "answered",
        "reason": None,
    },
    f"response/{DAY}/i-1/disable_user.done.json": {
        "incident": "i-1",
        "time": "2026-11-23T18:00:02.000+00:00",
        "status": "done",
        "action": {"kind": "disable_user", "subject": "mallory"},
    },
    f"response/{DAY}/restore-r-1/done.json": {
        "request": "r-1",
        "time": "2026-11-23T19:00:00.000+00:00",
        "status": "done",
        "kind": "user",
        "subject": "mallory",
    },
    f"response/{DAY}/i-2/disable_user.done.json": {
        "incident": "i-2",
        "time": "2026-11-23T18:30:00.000+00:00",
        "status": "done",
        "action": {"kind": "disable_user", "subject": "trudy"},
    },
}
COUNT = {
    "sk": {"S": "window#000000000007"},
    "total": {"N": "1"},
    "ids": {"SS": ["q-1"]},
}


class Account:
    """Stands for CloudFormation, S3 and DynamoDB."""

    def __init__(self) -> None:
        self._operation = ""

    def get_paginator(self, name: str) -> "Account":
        self._operation = name
        return self

    def paginate(self, Bucket: str = "", Prefix: str = "") -> Iterator[dict[str, Any]]:  # noqa: N803 - boto3's names
        if self._operation == "describe_stacks":
            outputs = {"ResponseTableName": "response", "AuditBucketName": "audit"}
            listed = [{"OutputKey": key, "OutputValue": value} for key, value in outputs.items()]
            yield {"Stacks": [{"StackName": "GenAiDefense-Data", "Outputs": listed}]}
        else:
            assert Bucket == "audit"
            yield {"Contents": [{"Key": key} for key in sorted(RECORDS) if key.startswith(Prefix)]}

    def get_object(self, **named: str) -> dict[str, Any]:
        return {"Body": io.BytesIO(json.dumps(RECORDS[named["Key"]]).encode())}

    def query(self, **arguments: Any) -> dict[str, Any]:
        asked = arguments["ExpressionAttributeValues"][":pk"]["S"]
        return {"Items": [COUNT] if asked == "attacks#mallory" else []}


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    account = Account()
    return collect(lambda _service: account, "mallory", tmp_path, [DAY])


def test_the_timeline_tells_attack_action_and_restoration_in_order(bundle: Path) -> None:
    told = json.loads((bundle / "timeline.json").read_text())
    assert [(entry["what"], entry["id"]) for entry in told] == [
        ("request refused (PROMPT_INJECTION)", "q-1"),
        ("disable_user done", "i-1"),
        ("restore done", "r-1"),
    ]
    assert "| `i-1` |" in (bundle / "timeline.md").read_text()


def test_nobody_else_is_in_it(bundle: Path) -> None:
    everything = "".join(file.read_text() for file in bundle.iterdir())
    assert "alice" not in everything
    assert "trudy" not in everything


def test_the_manifest_has_the_hash_of_every_file_and_each_record_that_of_its_object(bundle: Path) -> None:
    hashes = json.loads((bundle / "manifest.json").read_text())["sha256"]
    files = {file.name for file in bundle.iterdir()} - {"manifest.json"}
    assert hashes == {name: hashlib.sha256((bundle / name).read_bytes()).hexdigest() for name in files}
    (record,) = json.loads((bundle / "requests.json").read_text())
    body = json.dumps(RECORDS[record["key"]]).encode()
    assert record["sha256"] == hashlib.sha256(body).hexdigest()


def _counted(total: int, *ids: str) -> dict[str, Any]:
    return {"counter": "attacks", "window": "window#000000000007", "total": total, "ids": list(ids)}


def test_what_a_restoration_forgot_is_in_the_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Mostly the evidence is collected after the user was given back, and the rows are gone then."""
    record = {"request": "r-2", "time": "2026-11-23T18:59:59.000+00:00", "kind": "user"}
    account = Account()

    def counts_with(*restorations: dict[str, Any]) -> Any:
        for number, counted in enumerate(restorations):
            key = f"response/{DAY}/restore-r-{number}/started.json"
            told = {**record, "status": "started", "subject": "mallory", "counted": [counted]}
            monkeypatch.setitem(RECORDS, key, told)
        folder = tmp_path / str(len(restorations))
        bundle = collect(lambda _service: account, "mallory", folder, [DAY])
        return json.loads((bundle / "counts.json").read_text())

    # The table still has q-1 in the same window: counted since, or left by a restoration that broke off.
    assert counts_with(_counted(2, "q-8", "q-9")) == [_counted(3, "q-1", "q-8", "q-9")]
    assert counts_with(_counted(2, "q-1", "q-9"), _counted(2, "q-1", "q-9")) == [_counted(2, "q-1", "q-9")]


def test_a_subject_cannot_lead_out_of_the_folder(tmp_path: Path) -> None:
    account = Account()
    inside = collect(lambda _service: account, "../../etc", tmp_path, [DAY])
    assert inside.parent == tmp_path
    with pytest.raises(OperateError):
        collect(lambda _service: account, "a b", tmp_path, [DAY])
