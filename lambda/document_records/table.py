"""The document table: every write says under which condition it may happen."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from document_records.rows import MALWARE, Row, Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mypy_boto3_dynamodb import DynamoDBClient

    from document_records.keys import DocumentId

INDEX: Final = "by_sha256"
_NAMES: Final = {"#status": "status"}
_WITHDRAWN: Final = {":withdrawn": {"S": Status.WITHDRAWN}}
_MALWARE: Final = {":malware": {"S": MALWARE}}
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
        """Make a document visible to its tenant, unless it or its bytes were withdrawn or hold malware.

        Returns:
            Whether it is visible now.
        """
        values = {
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
            "ConditionExpression": "attribute_exists(document) AND #status <> :withdrawn "
            "AND (attribute_not_exists(reason) OR reason <> :malware)",
            "ExpressionAttributeNames": _NAMES,
            "ExpressionAttributeValues": {
                **{name: {"S": value} for name, value in values.items()},
                **_WITHDRAWN,
                **_MALWARE,
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

    def quarantine(self, document: DocumentId, reason: str) -> bool:
        """Say why a document is kept out. Published or withdrawn it stays so; malware stays the reason.

        Returns:
            Whether it is kept out for this reason now.
        """
        values = {":quarantined": Status.QUARANTINED, ":reason": reason, ":scanning": Status.SCANNING}
        condition = "#status IN (:scanning, :quarantined)"
        if reason != MALWARE:
            values[":malware"] = MALWARE
            condition += " AND (attribute_not_exists(reason) OR reason <> :malware)"
        return self._update(
            document, "SET #status = :quarantined, reason = :reason, updated_at = :now", values, condition
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
