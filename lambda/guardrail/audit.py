"""One record per request: what was decided and why, and nothing of what was said."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Final

from botocore.exceptions import BotoCoreError, ClientError

from guardrail.events import Seen
from guardrail.outcome import FailedClosedError, Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from mypy_boto3_s3 import S3Client

    from guardrail_engine import Finding

VERSION: Final = 1
_MAX_FINDINGS: Final = 50
_KNOWN_AT_START: Final = (
    "version",
    "request_id",
    "api_request_id",
    "time",
    "user_id",
    "conversation_id",
    "message_sha256",
    "message_chars",
)


class AuditUnavailableError(FailedClosedError):
    """The record could not be written, so nothing may be released."""

    reason: ClassVar[str] = "AUDIT_UNAVAILABLE"


@dataclass(slots=True, kw_only=True)
class AuditRecord:
    """What is known about one request so far; it is filled while the request goes through.

    Args:
        request_id: Lambda's id of the invocation: the key of the record, so nobody outside may choose it.
        time: When it came, UTC.
        api_request_id: API Gateway's id, which leads to its access log. Clients can choose it.
        user_id: Who sent it; None when nobody could be made out.
        conversation_id: Which conversation.
        outcome: How it ended.
        reason: Why it was refused or unavailable; None for every other outcome, which says it all.
        findings: What the engine saw, request before answer.
        redactions: How many replacements, by type.
        withheld: Why texts of documents and tools were kept from the model, a reason for each.
        usage: Tokens spent.
        shown_chars: Characters that were shown before this record; None when the answer was not streamed.
        duration_ms: From entry to this record.
        seen: What the responder hears beside this, and what is not kept here.
    """

    request_id: str
    time: datetime
    api_request_id: str | None = None
    user_id: str | None = None
    conversation_id: str | None = None
    outcome: Outcome = Outcome.UNAVAILABLE
    reason: str | None = None
    findings: list[Finding] = field(default_factory=list["Finding"])
    redactions: dict[str, int] = field(default_factory=dict[str, int])
    withheld: Sequence[str] = ()
    usage: Mapping[str, int] | None = None
    shown_chars: int | None = None
    duration_ms: int = 0
    seen: Seen = field(default_factory=Seen)
    _texts: dict[str, str | int | None] = field(default_factory=dict[str, "str | int | None"])

    def note_text(self, kind: str, text: str) -> None:
        """Keep length and SHA-256 of a text, not the text.

        Args:
            kind: ``message`` or ``answer``.
            text: The text as it came, before any redaction.
        """
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        self._texts |= {f"{kind}_sha256": digest, f"{kind}_chars": len(text)}

    def note_screening(self, findings: Sequence[Finding], redactions: Mapping[str, int]) -> None:
        """Add what one screening saw and changed."""
        self.findings.extend(findings)
        for label, count in redactions.items():
            self.redactions[label] = self.redactions.get(label, 0) + count

    def as_json(self) -> dict[str, Any]:
        """The record as it is stored; every key is always there."""
        empty = dict.fromkeys(("message_sha256", "message_chars", "answer_sha256", "answer_chars"))
        return {
            "version": VERSION,
            "request_id": self.request_id,
            "api_request_id": self.api_request_id,
            "time": self.time.isoformat(timespec="milliseconds"),
            "user_id": self.user_id,
            "conversation_id": self.conversation_id,
            "outcome": self.outcome,
            "reason": self.reason,
            "findings": [asdict(finding) for finding in self.findings[:_MAX_FINDINGS]],
            **empty,
            **self._texts,
            "redactions": self.redactions,
            "withheld": list(self.withheld),
            "usage": self.usage,
            "shown_chars": self.shown_chars,
            "duration_ms": self.duration_ms,
        }


@dataclass(frozen=True, slots=True)
class Audit:
    """Writes the records.

    Args:
        client: S3, with short timeouts.
        bucket_name: Bucket with Object Lock and default encryption.
    """

    client: S3Client
    bucket_name: str

    def open(self, record: AuditRecord) -> None:
        """Store, before a streamed answer is shown, that it will be: ``…/<request_id>.opened.json``.

        Should the function end before the record of the outcome, this one says that there was something.

        Raises:
            AuditUnavailableError: It is not stored, so nothing may be shown.
        """
        opened = {name: value for name, value in record.as_json().items() if name in _KNOWN_AT_START}
        self._put(record, ".opened", {**opened, "outcome": "streaming"})

    def write(self, record: AuditRecord) -> None:
        """Store one record under ``audit/YYYY/MM/DD/<request_id>.json``, once.

        Raises:
            AuditUnavailableError: It is not stored, or nobody knows: a record of that name is already there.
        """
        self._put(record, "", record.as_json())

    def _put(self, record: AuditRecord, suffix: str, content: Mapping[str, Any]) -> None:
        try:
            self.client.put_object(
                Bucket=self.bucket_name,
                Key=f"audit/{record.time:%Y/%m/%d}/{record.request_id}{suffix}.json",
                Body=json.dumps(content, sort_keys=True).encode(),
                ContentType="application/json",
                # A bucket with Object Lock takes no object without a checksum.
                ChecksumAlgorithm="SHA256",
                # A newer version on top would hide the record that was there.
                IfNoneMatch="*",
            )
        except (BotoCoreError, ClientError, OSError, TypeError, ValueError) as error:
            raise AuditUnavailableError("put") from error
