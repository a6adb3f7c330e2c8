"""The register of documents: what is published, as the ingestion and the withdrawal function wrote it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from string import punctuation
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from chat.completion import Source

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from mypy_boto3_dynamodb import DynamoDBClient

PUBLISHED: Final = "published"
ROUNDS: Final = 2
"""How often DynamoDB is asked: it may leave keys unprocessed."""
EVERY_TENANT: Final = "*"
"""Stands for all tenants where a content was withdrawn for whoever has it; no tenant has this name."""
_FIELDS: Final = ("document", "tenant", "sha256", "status", "title", "uri")
_SHA256: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Document:
    """One content of one tenant.

    Args:
        tenant: Whose it is.
        sha256: Of the original's bytes, 64 hexadecimal digits.
    """

    tenant: str
    sha256: str

    @property
    def key(self) -> str:
        """Partition key of its row."""
        return f"{self.tenant}#{self.sha256}"

    @property
    def for_every_tenant(self) -> Document:
        """The same content, whoever has it."""
        return Document(EVERY_TENANT, self.sha256)


def is_sha256(value: object) -> bool:
    """Whether a value is a digest as the ingestion function writes it."""
    return isinstance(value, str) and _SHA256.fullmatch(value) is not None


@dataclass(frozen=True, slots=True)
class Register:
    """Reads the table of documents.

    Args:
        client: DynamoDB, without retries.
        table_name: Partition key ``document``.
    """

    client: DynamoDBClient
    table_name: str

    def published(self, documents: Collection[Document]) -> tuple[Mapping[Document, Source], bool]:
        """Which of these are published right now, and withdrawn neither for their tenant nor for all.

        Args:
            documents: At most 50, each once.

        Returns:
            Title and address of each that is, as the register has them, and whether it told about all.

        Raises:
            botocore.exceptions.BotoCoreError, botocore.exceptions.ClientError: It does not answer.
        """
        keys = {one: {one.key, one.for_every_tenant.key} for one in documents}
        rows, untold = self._rows({key for pair in keys.values() for key in pair})
        found: dict[Document, Source] = {}
        for one in documents:
            source = _source(rows.get(one.key, {}), one)
            # A row for every tenant says one thing only: withdrawn.
            withdrawn = one.for_every_tenant.key in rows
            if source is not None and not withdrawn and not keys[one] & untold:
                found[one] = source
        return found, not untold

    def _rows(self, keys: set[str]) -> tuple[dict[str, Mapping[str, Any]], set[str]]:
        """The rows by key, and the keys that nothing was told about."""
        rows: dict[str, Mapping[str, Any]] = {}
        # A withdrawal counts from the next answer on, so the read is consistent.
        request: Any = {
            "Keys": [{"document": {"S": key}} for key in sorted(keys)],
            "ConsistentRead": True,
            "ProjectionExpression": ", ".join(f"#{name}" for name in _FIELDS),
            "ExpressionAttributeNames": {f"#{name}": name for name in _FIELDS},
        }
        for _ in range(ROUNDS):
            if not request.get("Keys"):
                break
            answer: Any = self.client.batch_get_item(RequestItems={self.table_name: request})
            for row in answer["Responses"].get(self.table_name, []):
                rows[_text(row, "document") or ""] = row
            request = answer.get("UnprocessedKeys", {}).get(self.table_name, {})
        return rows, {key["document"]["S"] for key in request.get("Keys", [])}


def _source(row: Mapping[str, Any], document: Document) -> Source | None:
    """Title and address of a row that is published and says of itself what its key says."""
    title, uri = _text(row, "title"), _text(row, "uri")
    own = (_text(row, "tenant"), _text(row, "sha256")) == (document.tenant, document.sha256)
    if not own or _text(row, "status") != PUBLISHED or not title or not uri:
        return None
    # A file may be called anything; an address that is shown has neither blanks nor letters beyond ASCII.
    return Source(title, quote(uri, safe=punctuation))


def _text(row: Mapping[str, Any], name: str) -> str | None:
    value = row.get(name, {}).get("S")
    return value if isinstance(value, str) else None
