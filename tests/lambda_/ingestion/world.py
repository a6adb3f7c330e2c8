"""A world in memory for ingestion and withdrawal: buckets, table, knowledge base, and crashes at will."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from document_records import MALWARE, OF_THE_UPLOAD, DocumentId, Row, Status
from document_screen import DocumentScreen
from document_text import Extracted, Kind, Limits, Refusal, RefusedError
from document_text.reading import read
from guardrail_engine import Engine
from ingestion.event import CLEAN, Landed
from ingestion.flow import Ingestion, Ports
from ingestion.judge import Judge
from ingestion.ports import Upload
from withdrawal.flow import Withdrawal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

BUCKET = "landing"
MAX_BYTES = 1000


class CrashError(Exception):
    """The process died here."""


@dataclass
class World:
    """Everything that outlives a process. The port call of number ``crash_at`` dies, before or after it."""

    landing: dict[tuple[str, str], bytes] = field(default_factory=dict[tuple[str, str], bytes])
    tags: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])
    originals: dict[str, bytes] = field(default_factory=dict[str, bytes])
    passages: dict[str, str] = field(default_factory=dict[str, str])
    quarantined: dict[str, str] = field(default_factory=dict[str, str])
    manifests: dict[str, dict[str, Any]] = field(default_factory=dict[str, dict[str, Any]])
    rows: dict[DocumentId, Row] = field(default_factory=dict[DocumentId, Row])
    indexed: dict[DocumentId, str] = field(default_factory=dict[DocumentId, str])
    hidden: set[str] = field(default_factory=set[str])
    alerts: list[Mapping[str, Any]] = field(default_factory=list["Mapping[str, Any]"])
    calls: int = 0
    log: list[str] = field(default_factory=list[str])
    crash_at: int | None = None
    crash_before: bool = True
    interruptions: dict[int, Callable[[], None]] = field(default_factory=dict[int, "Callable[[], None]"])
    scanner_fails: bool = False
    read_count: Counter[str] = field(default_factory=Counter[str])

    def upload(
        self, key: str, data: bytes, version: str = "v1", *, scan: str = CLEAN, tag: str | None = CLEAN
    ) -> Landed:
        """A contributor uploads, GuardDuty scans and tags; gives the event."""
        self.landing[(key, version)] = data
        if tag is not None:
            self.tags[(key, version)] = tag
        return Landed(BUCKET, key, version, _etag(data), scan)

    def ingestion(self) -> Ingestion:
        """A fresh process."""
        port: Any = _Crashing(self)
        ports = Ports(
            landing=port,
            trusted=port,
            passages=port,
            quarantine=port,
            manifests=_Manifests(port),
            records=_Records(port),
            knowledge=port,
            alerts=_Alerts(port),
        )
        return Ingestion(
            ports=ports, judge=Judge(Limits(), DocumentScreen(Engine()), self._extract), max_bytes=MAX_BYTES
        )

    def withdrawal(self) -> Withdrawal:
        """A fresh process that withdraws."""
        port: Any = _Crashing(self)
        return Withdrawal(port, port, port)

    def visible(self) -> set[DocumentId]:
        """What a chat may show: published by the row, in the knowledge base, not withdrawn for all."""
        return {
            document
            for document, row in self.rows.items()
            if row.status is Status.PUBLISHED
            and document in self.indexed
            and document.for_every_tenant not in self.rows
        }

    def state(self) -> tuple[Any, ...]:
        """What has to be the same however often and in however many pieces something ran."""
        verdicts = {
            key: (found["verdict"], found.get("text_sha256")) for key, found in self.manifests.items()
        }
        return (
            *(dict(self.landing), dict(self.originals), dict(self.passages), dict(self.quarantined)),
            *(verdicts, dict(self.rows), dict(self.indexed)),
        )

    def _extract(self, name: str, data: bytes, limits: Limits) -> Extracted:
        if self.scanner_fails:
            raise OSError("the reader could not be started")
        if name.endswith(".html"):
            return read(name, data, limits)
        if not name.endswith((".txt", ".md")):
            raise RefusedError(Refusal.TYPE_MISMATCH)
        kind = Kind.TEXT if name.endswith(".txt") else Kind.MARKDOWN
        return Extracted(kind, "", data.decode())


class _Crashing:
    """Counts every call of a port, and dies before or after one of them."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._steps = _Steps(world)

    def __getattr__(self, name: str) -> Any:
        step = getattr(self._steps, name)

        def call(*arguments: Any, **named: Any) -> Any:
            world = self._world
            world.calls += 1
            world.log.append(name)
            dies = world.calls == world.crash_at
            # Another process may run in between.
            interruption = world.interruptions.pop(world.calls, None)
            if interruption is not None:
                interruption()
            if dies and world.crash_before:
                raise CrashError(name)
            answer = step(*arguments, **named)
            if dies:
                raise CrashError(name)
            return answer

        return call


class _Manifests:
    def __init__(self, port: Any) -> None:
        self.write = port.write_manifest


class _Records:
    def __init__(self, port: Any) -> None:
        self.claim, self.publish = port.claim, port.publish
        self.quarantine, self.withdraw, self.of_hash = port.quarantine, port.withdraw, port.of_hash


class _Alerts:
    def __init__(self, port: Any) -> None:
        self.quarantined = port.alert


class _Steps:
    """What each call does to the world, by the conditions of the real adapters."""

    def __init__(self, world: World) -> None:
        self.world = world

    def describe(self, landed: Landed) -> Upload | None:
        data = self.world.landing.get((landed.key, landed.version_id))
        return None if data is None else Upload(len(data), _etag(data), "2026-11-24T10:00:00+00:00", "anna")

    def scan_tag(self, landed: Landed) -> str | None:
        return self.world.tags.get((landed.key, landed.version_id))

    def read(self, landed: Landed) -> bytes:
        self.world.read_count[landed.key] += 1
        return self.world.landing[(landed.key, landed.version_id)]

    def remove(self, landed: Landed) -> None:
        self.world.landing.pop((landed.key, landed.version_id), None)

    def keep_original(self, document: DocumentId, file_name: str, data: bytes) -> str:
        self.world.originals.setdefault(document.original(file_name), data)
        return f"s3://trusted/{document.original(file_name)}"

    def keep_passage(self, document: DocumentId, text: str, attributes: Mapping[str, str]) -> None:
        assert attributes["tenant"] == document.tenant
        self.world.passages[document.passage] = text

    def hide(self, document: DocumentId, uri: str) -> None:
        self.world.passages.pop(document.passage, None)
        if uri:
            self.world.hidden.add(f"s3://trusted/{uri.removeprefix('s3://trusted/')}")

    def keep(self, _landed: Landed, key: str, reason: str) -> None:
        self.world.quarantined[key] = reason

    def write_manifest(self, key: str, manifest: Mapping[str, Any]) -> Mapping[str, Any]:
        return self.world.manifests.setdefault(key, dict(manifest))

    def alert(self, manifest: Mapping[str, Any]) -> None:
        self.world.alerts.append(manifest)

    def take_in(self, document: DocumentId) -> None:
        self.world.indexed[document] = self.world.passages[document.passage]

    def let_go(self, document: DocumentId) -> None:
        self.world.indexed.pop(document, None)

    def find(self, document: DocumentId) -> Row | None:
        return self.world.rows.get(document)

    def of_hash(self, sha256: str) -> Iterable[Row]:
        return [row for row in self.world.rows.values() if row.id.sha256 == sha256]

    def claim(self, document: DocumentId, landing_version: str) -> Row:
        rows = self.world.rows
        rows.setdefault(document, Row(document, Status.SCANNING, landing_version=landing_version))
        return rows.get(document.for_every_tenant) or rows[document]

    def publish(self, document: DocumentId, landing_version: str, *, title: str, uri: str) -> bool:
        row = self.world.rows[document]
        if document.for_every_tenant in self.world.rows or row.barred or row.status is Status.WITHDRAWN:
            return False
        self.world.rows[document] = Row(document, Status.PUBLISHED, "", title, uri, landing_version)
        return True

    def quarantine(self, document: DocumentId, reason: str) -> Row:
        row = self.world.rows[document]
        open_ = row.status is Status.SCANNING or (row.status is Status.QUARANTINED and not row.barred)
        if reason == MALWARE:
            open_ = row.status in (Status.SCANNING, Status.QUARANTINED)
        elif reason not in OF_THE_UPLOAD:
            open_ = open_ or row.status is Status.PUBLISHED
        if open_:
            self.world.rows[document] = replace(row, status=Status.QUARANTINED, reason=reason)
        return self.world.rows[document]

    def release(self, document: DocumentId, reason: str) -> bool:
        row = self.world.rows[document]
        if row.status is not Status.QUARANTINED or row.reason == MALWARE:
            return False
        assert reason
        self.world.rows[document] = replace(row, status=Status.SCANNING, reason="")
        return True

    def withdraw(self, document: DocumentId, reason: str) -> None:
        row = self.world.rows.get(document) or Row(document, Status.SCANNING)
        if row.status is not Status.WITHDRAWN:
            self.world.rows[document] = replace(row, status=Status.WITHDRAWN, reason=reason)


def _etag(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:32]


def document_of(tenant: str, data: bytes) -> DocumentId:
    """Which document these bytes are."""
    return DocumentId(tenant, hashlib.sha256(data).hexdigest())
