"""What the document table says of one document."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from document_records.keys import DocumentId

if TYPE_CHECKING:
    from collections.abc import Mapping

MALWARE: Final = "MALWARE"
"""Reason that no later scan takes back."""


class Status(StrEnum):
    """Where a document stands. WITHDRAWN is final."""

    SCANNING = "scanning"
    PUBLISHED = "published"
    QUARANTINED = "quarantined"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Row:
    """One row.

    Args:
        id: Which document.
        status: Where it stands.
        reason: Why it is quarantined or withdrawn; empty otherwise.
        title: As people see it; empty unless it was published.
        uri: Where its original is; empty unless it was published.
        landing_version: The upload that began it, or that was published last.
    """

    id: DocumentId
    status: Status
    reason: str = ""
    title: str = ""
    uri: str = ""
    landing_version: str = ""

    @classmethod
    def from_item(cls, item: Mapping[str, Any]) -> Row:
        """A row as DynamoDB gives it.

        Raises:
            KeyError: It has not what every row has.
            ValueError: Its status is unknown.
        """

        def text(name: str) -> str:
            return str(item.get(name, {}).get("S", ""))

        return cls(
            DocumentId(item["tenant"]["S"], item["sha256"]["S"]),
            Status(item["status"]["S"]),
            text("reason"),
            text("title"),
            text("uri"),
            text("landing_version"),
        )
