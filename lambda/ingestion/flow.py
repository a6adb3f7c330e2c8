"""From a scan result to a published or quarantined document. Every step may be the last one of this run.

The order is what makes that safe: the manifest stands before anything is published or quarantined, the
table says ``published`` only after the knowledge base took the passage, and the landed version goes last.
A run that is repeated finds what is done and does the rest.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from document_records import DocumentId, Row, Status
from document_text import Refusal
from ingestion.event import CLEAN
from ingestion.manifest import manifest_of
from ingestion.naming import NOBODY, file_name_of, kept_name, tenant_of
from ingestion.verdict import Kept, Verdict, kept, refused

if TYPE_CHECKING:
    from ingestion.event import Landed
    from ingestion.judge import Judge
    from ingestion.ports import (
        Alerts,
        Knowledge,
        Landing,
        Manifest,
        Manifests,
        Passages,
        Quarantine,
        Records,
        Trusted,
        Upload,
    )


_OF_THE_BYTES: Final = frozenset({Kept.WITHDRAWN, Kept.MALWARE, Kept.KEPT_OUT_BEFORE})
"""Reasons that the table knows: they may come between two looks at one upload, which then do not disagree."""


class Outcome(StrEnum):
    """How a run ended."""

    PUBLISHED = "published"
    QUARANTINED = "quarantined"
    GONE = "gone"
    """The landed version is not there: an earlier run has done everything."""


class NotYetError(RuntimeError):
    """The event came before the tag, or about another content; the queue brings it again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """The world around the flow.

    Args:
        landing: The landing bucket.
        trusted: The trusted bucket.
        passages: Its passages, to take them out of sight.
        quarantine: The quarantine bucket.
        manifests: The manifest bucket.
        records: The document table.
        knowledge: The knowledge base.
        alerts: Who has to know.
    """

    landing: Landing
    trusted: Trusted
    passages: Passages
    quarantine: Quarantine
    manifests: Manifests
    records: Records
    knowledge: Knowledge
    alerts: Alerts


@dataclass(frozen=True, slots=True)
class _Case:
    landed: Landed
    upload: Upload
    tag: str | None
    document: DocumentId
    data: bytes


@dataclass(frozen=True, slots=True)
class Ingestion:
    """Ingests documents.

    Args:
        ports: The world.
        judge: Comes to the verdict.
        max_bytes: Largest document that is read; a larger one is known by its version instead of its content.
    """

    ports: Ports
    judge: Judge
    max_bytes: int

    def run(self, landed: Landed) -> Outcome:
        """Bring one landed version to its end.

        Args:
            landed: What the scan said. Repeated and reordered events change nothing.

        Raises:
            NotYetError: Event and version do not fit together yet.
            Exception: A service did not answer, or a scanner raised. Nothing unscanned is out; run again.
        """
        upload = self.ports.landing.describe(landed)
        if upload is None:
            return Outcome.GONE
        if upload.etag != landed.etag:
            raise NotYetError("The event is about other bytes than the version holds.")
        tag = self.ports.landing.scan_tag(landed)
        if tag is None and landed.scan_status == CLEAN:
            raise NotYetError("The version carries no tag of the malware scan yet.")
        case = self._case(landed, upload, tag)
        standing = self.ports.records.claim(case.document, landed.version_id)
        outcome = Outcome.PUBLISHED
        if not self._is_done(case, standing):
            outcome = self._settle(case, standing)
        self.ports.landing.remove(landed)
        return outcome

    def _is_done(self, case: _Case, standing: Row) -> bool:
        """Whether an earlier run has published this very version, and only has to remove it."""
        published = standing.status is Status.PUBLISHED and standing.landing_version == case.landed.version_id
        return published and self.judge.scanned(case.landed, case.tag) is None

    def _settle(self, case: _Case, standing: Row) -> Outcome:
        verdict = self._verdict(case)
        if verdict.clean:
            verdict = _barred(standing) or verdict
        manifest, verdict, begun = self._record(case, verdict)
        if verdict.clean:
            if standing.status is Status.PUBLISHED or self._publish(case, verdict):
                return Outcome.PUBLISHED
            # Withdrawn, or kept out under another name, while it was judged.
            now = self.ports.records.claim(case.document, case.landed.version_id)
            manifest, verdict, begun = self._record(case, _barred(now) or Verdict((kept(Kept.WITHDRAWN),)))
        self._keep_out(case, verdict, manifest, begun=begun)
        return Outcome.QUARANTINED

    def _case(self, landed: Landed, upload: Upload, tag: str | None) -> _Case:
        tenant = tenant_of(landed.key) or NOBODY
        if upload.size > self.max_bytes:
            unread = "\n".join((landed.bucket, landed.key, landed.version_id, upload.etag, str(upload.size)))
            return _Case(
                landed, upload, tag, DocumentId(tenant, hashlib.sha256(unread.encode()).hexdigest()), b""
            )
        data = self.ports.landing.read(landed)
        return _Case(landed, upload, tag, DocumentId(tenant, hashlib.sha256(data).hexdigest()), data)

    def _verdict(self, case: _Case) -> Verdict:
        scanned = self.judge.scanned(case.landed, case.tag)
        if scanned is not None:
            return scanned
        if case.document.tenant == NOBODY:
            return Verdict((refused(Refusal.NAME_NOT_ALLOWED),))
        if case.upload.size > self.max_bytes:
            # The digest names the version, since nobody has read the content.
            return Verdict((refused(Refusal.TOO_LARGE),), facts={"sha256_of": "landing version"})
        return self.judge.read(file_name_of(case.landed.key), case.data)

    def _record(self, case: _Case, verdict: Verdict) -> tuple[Manifest, Verdict, bool]:
        """Lock the verdict. One that differs from what an earlier run locked keeps the document out.

        Returns:
            The manifest, the verdict that counts, and whether an earlier verdict may have begun to publish.
        """
        manifest = self._manifest(case, verdict)
        key = case.document.manifest(case.landed.version_id)
        first = self.ports.manifests.write(key, manifest)
        if _said(first) == _said(manifest):
            return first, verdict, False
        if not _OF_THE_BYTES.intersection(why.reason for why in verdict.whys):
            verdict = Verdict((*verdict.whys, kept(Kept.SCANS_DISAGREE)), facts=verdict.facts)
        second = self.ports.manifests.write(
            f"{key.removesuffix('.json')}.later.json", self._manifest(case, verdict)
        )
        return second, verdict, first.get("verdict") == "clean"

    def _manifest(self, case: _Case, verdict: Verdict) -> Manifest:
        return manifest_of(case.document, case.landed, case.upload, case.tag, verdict)

    def _publish(self, case: _Case, verdict: Verdict) -> bool:
        """Publish; False when the document may not be published any more."""
        document, ports = case.document, self.ports
        uri = ports.trusted.keep_original(document, kept_name(case.landed.key), case.data)
        attributes = {
            "tenant": document.tenant,
            "sha256": document.sha256,
            "title": verdict.title,
            "uri": uri,
        }
        ports.trusted.keep_passage(document, verdict.text, attributes)
        ports.knowledge.take_in(document)
        return ports.records.publish(document, case.landed.version_id, title=verdict.title, uri=uri)

    def _keep_out(self, case: _Case, verdict: Verdict, manifest: Manifest, *, begun: bool) -> None:
        document, ports = case.document, self.ports
        if verdict.reason == Kept.MALWARE:
            self._withdraw_from_all(document)
        row = ports.records.quarantine(document, verdict.reason)
        if row.status is Status.PUBLISHED and verdict.reason == Kept.MALWARE:
            # The same bytes were published before the scan knew the threat.
            ports.records.withdraw(document, verdict.reason)
            begun = True
        # What has an address was published once: before this verdict, or by a run that broke off here.
        if begun or (row.uri and row.status is not Status.PUBLISHED):
            # First of all, since another run may have removed the landed version, which ends this one.
            self._hide(document, row.uri or document.original(kept_name(case.landed.key)))
        ports.quarantine.keep(case.landed, document.quarantined(kept_name(case.landed.key)), verdict.reason)
        ports.alerts.quarantined(manifest)

    def _withdraw_from_all(self, document: DocumentId) -> None:
        """Malware is in the bytes, whoever holds them: from here on nobody's upload of them is published."""
        records = self.ports.records
        records.withdraw(document.for_every_tenant, Kept.MALWARE)
        for row in records.of_hash(document.sha256):
            if row.id not in (document, document.for_every_tenant):
                records.withdraw(row.id, Kept.MALWARE)
                self._hide(row.id, row.uri)

    def _hide(self, document: DocumentId, uri: str) -> None:
        self.ports.knowledge.let_go(document)
        self.ports.passages.hide(document, uri)


def _barred(standing: Row) -> Verdict | None:
    """What keeps a document out whatever it holds."""
    if standing.reason == Kept.MALWARE:
        return Verdict((kept(Kept.MALWARE, "known from another upload"),))
    if standing.barred:
        # An upload whose looks disagree finds its own row so when its run is repeated.
        reason = Kept.SCANS_DISAGREE if standing.reason == Kept.SCANS_DISAGREE else Kept.KEPT_OUT_BEFORE
        return Verdict((kept(reason, standing.reason),))
    return Verdict((kept(Kept.WITHDRAWN),)) if standing.status is Status.WITHDRAWN else None


def _said(manifest: Manifest) -> tuple[Any, ...]:
    """What a manifest says of publishing: the verdict, and the text that it let through."""
    clean = manifest.get("verdict") == "clean"
    return (clean, manifest.get("text_sha256") if clean else None)
