"""What the flow needs of the world. Each call may fail, and may be made again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from document_records import DocumentId, Row
    from ingestion.event import Landed

Manifest = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Upload:
    """What S3 knows of a landed version.

    Args:
        size: Bytes.
        etag: Without quotes.
        landed_at: When S3 took it, ISO 8601.
        claimed_uploader: What the uploader wrote into ``x-amz-meta-uploader``: a claim that nobody checked.
    """

    size: int
    etag: str
    landed_at: str
    claimed_uploader: str | None


class Landing(Protocol):
    """The landing bucket."""

    def describe(self, landed: Landed) -> Upload | None:
        """What is known of a version; None when it is gone."""
        ...

    def scan_tag(self, landed: Landed) -> str | None:
        """The scan's status as GuardDuty tagged the version; None without such a tag."""
        ...

    def read(self, landed: Landed) -> bytes:
        """The content of a version."""
        ...

    def remove(self, landed: Landed) -> None:
        """Remove a version; one that is gone is no error."""


class Trusted(Protocol):
    """The trusted bucket. What is there already stays."""

    def keep_original(self, document: DocumentId, file_name: str, data: bytes) -> str:
        """Keep the file itself; gives its address."""
        ...

    def keep_passage(self, document: DocumentId, text: str, attributes: Mapping[str, str]) -> None:
        """Keep the text that the knowledge base reads, and its attributes."""


class Passages(Protocol):
    """Published documents out of sight."""

    def hide(self, document: DocumentId, uri: str) -> None:
        """Put delete markers on a passage and on the original at this address."""


class Quarantine(Protocol):
    """The quarantine bucket."""

    def keep(self, landed: Landed, key: str, reason: str) -> None:
        """Keep a version apart with the reason."""


class Manifests(Protocol):
    """The manifest bucket."""

    def write(self, key: str, manifest: Manifest) -> Manifest:
        """Write a manifest once; gives the one that stands, which is the first."""
        ...


class Records(Protocol):
    """The document table."""

    def claim(self, document: DocumentId, landing_version: str) -> Row:
        """Begin a document, or find where it stands."""
        ...

    def publish(self, document: DocumentId, landing_version: str, *, title: str, uri: str) -> bool:
        """Make it visible; False when its bytes were withdrawn, or kept out for what they hold."""
        ...

    def quarantine(self, document: DocumentId, reason: str) -> Row:
        """Say why it is kept out; gives where it stands now: published, withdrawn, or kept out."""
        ...

    def withdraw(self, document: DocumentId, reason: str) -> None:
        """Take it back for good."""

    def of_hash(self, sha256: str) -> Iterable[Row]:
        """Every tenant's document with these bytes."""
        ...


class Knowledge(Protocol):
    """The knowledge base."""

    def take_in(self, document: DocumentId) -> None:
        """Have a passage read."""

    def let_go(self, document: DocumentId) -> None:
        """Have a passage removed."""


class Alerts(Protocol):
    """Who has to know."""

    def quarantined(self, manifest: Manifest) -> None:
        """Tell that an upload was kept out."""
