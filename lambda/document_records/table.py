"""The document table: every write says under which condition it may happen."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from document_records.rows import MALWARE, OF_THE_UPLOAD, Row, Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mypy_boto3_dynamodb import DynamoDBClient

    from document_records.keys import DocumentId

INDEX: Final = "by_sha256"
_NAMES: Final = {"#status": "status"}
_LIFTED: Final = {f":upload{number}": reason for number, reason in enumerate(OF_THE_UPLOAD)}
_KEPT_BY_UPLOAD: Final = f"(#status = :quarantined AND reason IN ({', '.join(_LIFTED)}))"
"""Kept out for a reason that another upload of the same bytes may lift."""
_CONDITION_FAILED: Final = "ConditionalCheckFailed"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


@dataclass(frozen=True, slots=True)
class DocumentTable:
    """Rows of documents.

    Args:
        client: DynamoDB.
        table_name: The table: key ``document``, index ``by_sha256``.
        now: The time, for the rows.
    """

    client: DynamoDBClient
    table_name: str
    now: Callable[[], str] = _now

    def claim(self, document: DocumentId, landing_version: str) -> Row:
        """Begin a document, or find where it stands.

        Returns:
            The row: SCANNING when it is new or was begun before. What is withdrawn for every tenant comes
            back as withdrawn.
        """
        item = {
            "document": document.row,
            "tenant": document.tenant,
            "sha256": document.sha256,
            "status": Status.SCANNING,
            "landing_version": landing_version,
            "updated_at": self.now(),
        }
        with contextlib.suppress(self.client.exceptions.ConditionalCheckFailedException):
            self.client.put_item(
                TableName=self.table_name,
                Item={name: {"S": value} for name, value in item.items()},
                ConditionExpression="attribute_not_exists(document)",
            )
        return self.find(document.for_every_tenant) or self.find(document) or Row(document, Status.SCANNING)

    def find(self, document: DocumentId) -> Row | None:
        """Where a document stands; None when nobody has seen it."""
        answer = self.client.get_item(
            TableName=self.table_name, Key={"document": {"S": document.row}}, ConsistentRead=True
        )
        return Row.from_item(answer["Item"]) if "Item" in answer else None

    def publish(self, document: DocumentId, landing_version: str, *, title: str, uri: str) -> bool:
        """Make a document visible to its tenant, unless its bytes were withdrawn or are barred.

        Returns:
            Whether it is visible now.
        """
        values = {
            ":scanning": Status.SCANNING,
            ":quarantined": Status.QUARANTINED,
            ":published": Status.PUBLISHED,
            ":title": title,
            ":uri": uri,
            ":version": landing_version,
            ":now": self.now(),
        }
        update: Any = {
            "TableName": self.table_name,
            "Key": {"document": {"S": document.row}},
            "UpdateExpression": "SET #status = :published, title = :title, uri = :uri, "
            "landing_version = :version, updated_at = :now REMOVE reason",
            "ConditionExpression": f"#status IN (:scanning, :published) OR {_KEPT_BY_UPLOAD}",
            "ExpressionAttributeNames": _NAMES,
            "ExpressionAttributeValues": {
                name: {"S": value} for name, value in {**values, **_LIFTED}.items()
            },
        }
        nobody_withdrew: Any = {
            "TableName": self.table_name,
            "Key": {"document": {"S": document.for_every_tenant.row}},
            "ConditionExpression": "attribute_not_exists(document)",
        }
        try:
            self.client.transact_write_items(
                TransactItems=[{"Update": update}, {"ConditionCheck": nobody_withdrew}]
            )
        except self.client.exceptions.TransactionCanceledException as error:
            reasons: Any = error.response.get("CancellationReasons", [])
            if any(reason.get("Code") == _CONDITION_FAILED for reason in reasons):
                return False
            raise
        return True

    def quarantine(self, document: DocumentId, reason: str) -> Row:
        """Say why a document is kept out.

        What speaks of one upload leaves a published document where it is. What speaks of the bytes takes it
        out of sight, and stays the reason. Malware, which withdraws what is published, goes above both.

        Returns:
            Where the document stands now.
        """
        values = {":quarantined": Status.QUARANTINED, ":reason": reason, ":scanning": Status.SCANNING}
        if reason == MALWARE:
            condition = "#status IN (:scanning, :quarantined)"
        else:
            values |= _LIFTED
            condition = f"#status = :scanning OR {_KEPT_BY_UPLOAD}"
        if reason not in (MALWARE, *OF_THE_UPLOAD):
            values[":published"] = Status.PUBLISHED
            condition += " OR #status = :published"
        self._update(
            document, "SET #status = :quarantined, reason = :reason, updated_at = :now", values, condition
        )
        return self.find(document) or Row(document, Status.QUARANTINED, reason)

    def release(self, document: DocumentId, reason: str) -> bool:
        """Have a quarantined document judged anew when it is uploaded again; malware is not released.

        Returns:
            Whether it was quarantined, and is not any more.
        """
        values = {
            ":scanning": Status.SCANNING,
            ":quarantined": Status.QUARANTINED,
            ":malware": MALWARE,
            ":released": reason,
        }
        return self._update(
            document,
            "SET #status = :scanning, released = :released, updated_at = :now REMOVE reason",
            values,
            "#status = :quarantined AND reason <> :malware",
        )

    def withdraw(self, document: DocumentId, reason: str) -> None:
        """Take a document back for good, also an unseen one. The first reason stays."""
        self._update(
            document,
            "SET #status = :withdrawn, reason = :reason, tenant = :tenant, sha256 = :sha256, "
            "updated_at = :now",
            {
                ":withdrawn": Status.WITHDRAWN,
                ":reason": reason,
                ":tenant": document.tenant,
                ":sha256": document.sha256,
            },
            "attribute_not_exists(document) OR #status <> :withdrawn",
        )

    def of_hash(self, sha256: str) -> Iterator[Row]:
        """Every tenant's document with these bytes."""
        pages = self.client.get_paginator("query").paginate(
            TableName=self.table_name,
            IndexName=INDEX,
            KeyConditionExpression="sha256 = :sha256",
            ExpressionAttributeValues={":sha256": {"S": sha256}},
        )
        for page in pages:
            yield from map(Row.from_item, page["Items"])

    def _update(self, document: DocumentId, change: str, values: dict[str, str], condition: str) -> bool:
        try:
            self.client.update_item(
                TableName=self.table_name,
                Key={"document": {"S": document.row}},
                UpdateExpression=change,
                ConditionExpression=condition,
                ExpressionAttributeNames=_NAMES,
                ExpressionAttributeValues={
                    ":now": {"S": self.now()},
                    **{name: {"S": value} for name, value in values.items()},
                },
            )
        except self.client.exceptions.ConditionalCheckFailedException:
            return False
        return True
