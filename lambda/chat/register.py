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
        """Which of these are published right now.

        Args:
            documents: At most 100, each once.

        Returns:
            Title and address of each that is, as the register has them, and whether it told about all.

        Raises:
            botocore.exceptions.BotoCoreError, botocore.exceptions.ClientError: It does not answer.
        """
        wanted = {one.key: one for one in documents}
        # A withdrawal counts from the next answer on, so the read is consistent.
        request: Any = {
            "Keys": [{"document": {"S": key}} for key in wanted],
            "ConsistentRead": True,
            "ProjectionExpression": ", ".join(f"#{name}" for name in _FIELDS),
            "ExpressionAttributeNames": {f"#{name}": name for name in _FIELDS},
        }
        found: dict[Document, Source] = {}
        for _ in range(ROUNDS):
            if not request.get("Keys"):
                break
            answer: Any = self.client.batch_get_item(RequestItems={self.table_name: request})
            for row in answer["Responses"].get(self.table_name, []):
                document = wanted.get(_text(row, "document") or "")
                if document is not None and (source := _source(row, document)) is not None:
                    found[document] = source
            request = answer.get("UnprocessedKeys", {}).get(self.table_name, {})
        return found, not request.get("Keys")


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
