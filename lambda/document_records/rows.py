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
OF_THE_UPLOAD: Final = ("NAME_NOT_ALLOWED", "NOT_SCANNED", "TYPE_MISMATCH", "TYPE_NOT_SUPPORTED")
"""Reasons that speak of one upload: its name, its type, its scan. Every other reason speaks of the bytes and
holds under every name, until an operator releases them."""


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

    @property
    def barred(self) -> bool:
        """Whether these bytes were kept out for what they hold: then no name lets them in."""
        return self.status is Status.QUARANTINED and self.reason not in OF_THE_UPLOAD
