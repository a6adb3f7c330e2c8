"""Takes documents back by their digest: out of sight, out of the knowledge base, out of the bucket."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from document_records import EVERY_TENANT, SHA256, TENANT, DocumentId

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from document_records import Row

_REASON_CHARS = 200


class RequestError(ValueError):
    """The request is not allowed; nothing was done."""


class Records(Protocol):
    """The document table."""

    def find(self, document: DocumentId) -> Row | None:
        """Where a document stands; None when nobody has seen it."""
        ...

    def of_hash(self, sha256: str) -> Iterable[Row]:
        """Every tenant's document with these bytes."""
        ...

    def withdraw(self, document: DocumentId, reason: str) -> None:
        """Take it back for good."""

    def release(self, document: DocumentId, reason: str) -> bool:
        """Have it judged anew; False when it is not quarantined, or holds malware."""
        ...


class Knowledge(Protocol):
    """The knowledge base."""

    def let_go(self, document: DocumentId) -> None:
        """Have a passage removed."""


class Passages(Protocol):
    """The trusted bucket."""

    def hide(self, document: DocumentId, uri: str) -> None:
        """Put delete markers on a passage and on the original at this address."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is withdrawn.

    Args:
        sha256: Digest of the document.
        reason: Why; it stands in the table.
        tenant: Whose; None is every tenant, those to come included.
        release: True does not withdraw but has what is quarantined judged anew.
    """

    sha256: str
    reason: str
    tenant: str | None = None
    release: bool = False

    @classmethod
    def from_event(cls, event: Mapping[str, Any]) -> Request:
        """Read a request.

        Raises:
            RequestError: A value is missing or not allowed.
        """
        sha256, reason, tenant = (event.get(name) for name in ("sha256", "reason", "tenant"))
        if not isinstance(sha256, str) or not SHA256.fullmatch(sha256.lower()):
            raise RequestError(
                "sha256 is no digest. Allowed: 64 hexadecimal digits, as in the manifest or by sha256sum."
            )
        if not isinstance(reason, str) or not 0 < len(reason.strip()) <= _REASON_CHARS:
            raise RequestError(f"reason is missing. Allowed: 1 to {_REASON_CHARS} characters that say why.")
        if tenant is not None and (not isinstance(tenant, str) or not TENANT.fullmatch(tenant)):
            raise RequestError("tenant is no tenant's name. Leave it out to withdraw for every tenant.")
        release = event.get("release", False)
        if not isinstance(release, bool):
            raise RequestError("release is neither true nor false. Leave it out to withdraw.")
        return cls(sha256.lower(), reason.strip(), tenant, release)


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Withdraws documents. The same request may be made again, and after a crash it must be.

    Args:
        records: The document table.
        knowledge: The knowledge base.
        passages: Passages of the trusted bucket.
    """

    records: Records
    knowledge: Knowledge
    passages: Passages

    def run(self, request: Request) -> dict[str, Any]:
        """Withdraw one digest.

        Returns:
            sha256, known (whether anybody had it), and withdrawn: tenant, title, uri and the status before of
            each document. What nobody has is withdrawn beforehand: it will not be published either.

        Raises:
            Exception: A service did not answer. What was withdrawn stays so; make the same request again.
        """
        scope = DocumentId(request.tenant or EVERY_TENANT, request.sha256)
        before = self._rows(request)
        # From here on nothing with these bytes is published, whoever is judging it now.
        self.records.withdraw(scope, request.reason)
        rows = {row.id: row for row in before}
        for row in self._rows(request):
            if row.id != scope:
                rows.setdefault(row.id, row)
        for document in sorted(rows):
            self.records.withdraw(document, request.reason)
        for document in sorted(rows):
            self.knowledge.let_go(document)
            self.passages.hide(document, rows[document].uri)
        return {
            "sha256": request.sha256,
            "known": bool(rows),
            "withdrawn": [_told(rows[document]) for document in sorted(rows)],
        }

    def release(self, request: Request) -> dict[str, Any]:
        """Have quarantined documents judged anew, when they are uploaded again.

        It publishes nothing: the next upload is scanned, read and screened like the first one.

        Returns:
            sha256, known, and released: tenant, title, uri and the status before of each document.
        """
        rows = self._rows(request)
        released = [row for row in rows if self.records.release(row.id, request.reason)]
        return {
            "sha256": request.sha256,
            "known": bool(rows),
            "released": [_told(row) for row in sorted(released, key=lambda row: row.id)],
        }

    def _rows(self, request: Request) -> list[Row]:
        if request.tenant is not None:
            row = self.records.find(DocumentId(request.tenant, request.sha256))
            return [row] if row else []
        return [row for row in self.records.of_hash(request.sha256) if row.id.tenant != EVERY_TENANT]


def _told(row: Row) -> dict[str, str]:
    return {"tenant": row.id.tenant, "title": row.title, "uri": row.uri, "status_before": row.status}
