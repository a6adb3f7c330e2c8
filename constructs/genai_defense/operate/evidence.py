"""Everything about an incident in one folder: counts, records, actions, a timeline, hashes."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from genai_defense.operate.outputs import Client, OperateError, output, stack_outputs

_SUBJECT = re.compile(r"[A-Za-z0-9_:./-]{1,128}")
_COUNTERS = ("noticed", "attacks", "attackers", "hits", "leaks", "findings", "compromised")


def collect(client: Client, subject: str, folder: Path, days: list[str]) -> Path:
    """Write the bundle of one user, address, or `service`.

    Args:
        client: Makes boto3 clients that may read the audit bucket and the response table.
        subject: A user's id, an address as it was blocked, or `service`.
        folder: Where the bundle becomes a folder of its own.
        days: Days to look at, `YYYY/MM/DD`.

    Returns:
        The bundle: `counts.json`, `response.json`, `requests.json`, `timeline.json`, `timeline.md`,
        `manifest.json` with the SHA-256 of each.

    Raises:
        OperateError: The subject is none.
    """
    if not _SUBJECT.fullmatch(subject):
        raise OperateError("The subject must be a user's id, an address as it was blocked, or 'service'.")
    outputs = stack_outputs(client)
    bucket = output(outputs, "AuditBucketName")
    response = [record for record in _records(client, bucket, "response", days) if _concerns(record, subject)]
    # A restoration forgets what was counted, and its record keeps it.
    forgotten = [row for record in response for row in record.get("counted", [])]
    counts = _merged([*_counts(client, output(outputs, "ResponseTableName"), subject), *forgotten])
    wanted = {one for row in counts for one in row["ids"]}
    requests = [
        record
        for record in _records(client, bucket, "audit", days)
        if record.get("request_id") in wanted or record.get("user_id") == subject
    ]
    timeline = _timeline(response, requests)
    bundle = folder / f"evidence-{re.sub(r'[^A-Za-z0-9-]', '_', subject)}"
    bundle.mkdir(parents=True, exist_ok=True)
    files = {
        "counts.json": _json(counts),
        "response.json": _json(response),
        "requests.json": _json(requests),
        "timeline.json": _json(timeline),
        "timeline.md": _markdown(subject, timeline),
    }
    for name, text in files.items():
        (bundle / name).write_text(text, encoding="utf-8")
    hashes = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in files.items()}
    (bundle / "manifest.json").write_text(_json({"subject": subject, "sha256": hashes}), encoding="utf-8")
    return bundle


def _counts(client: Client, table: str, subject: str) -> Iterator[dict[str, Any]]:
    dynamodb = client("dynamodb")
    for counter in _COUNTERS:
        rows = dynamodb.query(
            TableName=table,
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues={":pk": {"S": f"{counter}#{subject}"}},
        )
        for row in rows["Items"]:
            yield {
                "counter": counter,
                "window": row["sk"]["S"],
                "total": int(row["total"]["N"]),
                "ids": sorted(row["ids"]["SS"]),
            }


def _merged(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """One row for each counter and window: an interrupted restoration, or new events, leave several."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for row in rows:
        known = found.setdefault((row["counter"], row["window"]), {"ids": [], "total": 0})
        total = (
            max(known["total"], row["total"])
            if set(known["ids"]) & set(row["ids"])
            else (known["total"] + row["total"])
        )
        known |= {**row, "total": total, "ids": sorted({*known["ids"], *row["ids"]})}
    return [found[key] for key in sorted(found)]


def _records(client: Client, bucket: str, prefix: str, days: list[str]) -> Iterator[dict[str, Any]]:
    s3 = client("s3")
    for day in days:
        pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=f"{prefix}/{day}/")
        for page in pages:
            for entry in page.get("Contents", []):
                body = s3.get_object(Bucket=bucket, Key=entry["Key"])["Body"].read()
                yield {**json.loads(body), "key": entry["Key"], "sha256": hashlib.sha256(body).hexdigest()}


def _concerns(record: Mapping[str, Any], subject: str) -> bool:
    action: Mapping[str, Any] = record.get("action", {})
    return subject in {action.get("subject"), record.get("subject")} or subject in record.get("addresses", [])


def _timeline(response: list[dict[str, Any]], requests: list[dict[str, Any]]) -> list[dict[str, str]]:
    entries = [
        {
            "time": one["time"],
            "what": f"request {one['outcome']}" + (f" ({one['reason']})" if one.get("reason") else ""),
            "id": str(one.get("request_id")),
            "key": one["key"],
        }
        for one in requests
    ]
    entries += [
        {
            "time": one["time"],
            "what": f"{one.get('action', {}).get('kind') or 'restore'} {one['status']}",
            "id": str(one.get("incident") or one.get("request")),
            "key": one["key"],
        }
        for one in response
    ]
    return sorted(entries, key=lambda entry: (entry["time"], entry["key"]))


def _markdown(subject: str, timeline: list[dict[str, str]]) -> str:
    rows = [f"| {one['time']} | {one['what']} | `{one['id']}` | `{one['key']}` |" for one in timeline]
    head = ["| time | what | id | record |", "|---|---|---|---|"]
    return "\n".join([f"# Evidence on `{subject}`", "", *head, *rows, ""])


def _json(content: object) -> str:
    return json.dumps(content, indent=1, sort_keys=True) + "\n"
