"""Provenance of one upload, as it is locked: what was verified, what was claimed, who judged, and how."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from document_records import DocumentId
    from ingestion.event import Landed
    from ingestion.ports import Upload
    from ingestion.verdict import Verdict

_SCANNERS: Final = ("document_text", "document_screen", "guardrail_engine")
_READERS: Final = ("justhtml", "markdown-it-py", "pypdf", "tinycss2")
_ROOT: Final = Path(__file__).resolve().parents[1]


def manifest_of(
    document: DocumentId, landed: Landed, upload: Upload, tag: str | None, verdict: Verdict
) -> dict[str, Any]:
    """The manifest.

    Args:
        document: Which.
        landed: The event.
        upload: What S3 knows.
        tag: The scan's status as tagged on the version.
        verdict: What it came to.
    """
    return {
        "schema": 1,
        "tenant": document.tenant,
        "sha256": document.sha256,
        "size": upload.size,
        "file_name": landed.key.partition("/")[2],
        "landing": {
            "bucket": landed.bucket,
            "key": landed.key,
            "version_id": landed.version_id,
            "etag": upload.etag,
            "landed_at": upload.landed_at,
        },
        "uploader": {
            # Contributors may put only below their own tenant, so the key proves the tenant. Who of them it
            # was stands in the trail: data event PutObject of this version.
            "verified_tenant": document.tenant,
            "claimed": upload.claimed_uploader,
        },
        "malware_scan": {"event": landed.scan_status, "tag": tag, "threats": list(landed.threats)},
        "scanners": scanner_versions(),
        "verdict": "clean" if verdict.clean else "quarantined",
        "reasons": [why.as_json() for why in verdict.whys],
        "title": verdict.title,
        **verdict.facts,
        "judged_at": datetime.now(UTC).isoformat(timespec="seconds"),
    }


@lru_cache(maxsize=1)
def scanner_versions() -> dict[str, str]:
    """The exact code that judged: a digest of each scanner's source, and the readers' versions."""
    found = {name: _digest(_ROOT / name) for name in _SCANNERS}
    found |= {reader: metadata.version(reader) for reader in _READERS}
    found["malware"] = "GuardDuty Malware Protection for S3"
    return found


def _digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.py")):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
