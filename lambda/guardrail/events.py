"""What the responder hears of a request: that something was stopped and why, nothing of what was said."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from botocore.exceptions import BotoCoreError, ClientError

from guardrail.outcome import SLOWED, Outcome
from guardrail_engine import Reason

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mypy_boto3_events import EventBridgeClient

    from guardrail.audit import AuditRecord
    from guardrail.recorder import Recorder

SOURCE: Final = "genai-defense.guardrail"
# What an answer held; everything else that is refused, the user's own message held.
_OF_ANSWERS: Final = frozenset({Reason.CANARY_LEAK, Reason.PII_LEAK, Reason.SECRET_LEAK, Reason.UNSAFE_LINK})


class Kind(StrEnum):
    """Detail types of the bus."""

    ATTACK_BLOCKED = "Attack Blocked"
    LEAK_STOPPED = "Leak Stopped"
    QUOTA_ENDED = "Quota Ended"
    TOOL_REFUSED = "Tool Refused"
    TEXT_WITHHELD = "Text Withheld"
    GROUNDING_FAILED = "Grounding Failed"


@dataclass(slots=True, kw_only=True)
class Seen:
    """What a request showed beside its audit record.

    Args:
        tenant: The user's verified tenant.
        address: Where the request came from, as CloudFront or API Gateway saw it; None when neither says it.
        risks: OWASP risks of what was blocked.
        tools_refused: How many calls of tools were refused.
        grounding_failed: Whether the managed guardrail found the answer not grounded in its sources.
    """

    tenant: str | None = None
    address: str | None = None
    risks: Sequence[str] = ()
    tools_refused: int = 0
    grounding_failed: bool = False


@dataclass(frozen=True, slots=True)
class SecurityEvents:
    """Puts events on the bus, after the audit record and in bounded time.

    A failure changes no answer: the request is decided already, and its record written.

    Args:
        client: EventBridge, with short timeouts and without retries.
        bus_name: Name or ARN; None tells nobody.
        recorder: Counts what got lost.
    """

    client: EventBridgeClient
    bus_name: str | None
    recorder: Recorder
    source: str = field(default=SOURCE)

    def tell(self, record: AuditRecord, seen: Seen) -> None:
        """Say what one request showed; mostly nothing. Never raises."""
        if self.bus_name is None or record.user_id is None:
            return
        entries: list[Any] = [
            {
                "EventBusName": self.bus_name,
                "Source": self.source,
                "DetailType": kind.value,
                "Time": record.time,
                "Detail": json.dumps(_detail(record, seen, reason, risks)),
            }
            for kind, reason, risks in _showed(record, seen)
        ]
        if not entries:
            return
        try:
            lost = self.client.put_events(Entries=entries)["FailedEntryCount"]
        except (BotoCoreError, ClientError, KeyError) as error:
            self.recorder.events_lost(len(entries), type(error).__name__)
        else:
            if lost:
                self.recorder.events_lost(lost, "FailedEntryCount")


def _showed(record: AuditRecord, seen: Seen) -> Iterator[tuple[Kind, str, Sequence[str]]]:
    reason = record.reason
    if seen.grounding_failed:
        yield Kind.GROUNDING_FAILED, "GROUNDING_FAILED", ["LLM09"]
    if record.outcome is Outcome.REFUSED and reason:
        if reason in _OF_ANSWERS:
            yield Kind.LEAK_STOPPED, reason, seen.risks
        else:
            yield Kind.ATTACK_BLOCKED, reason, seen.risks
    if record.outcome is Outcome.QUOTA_EXCEEDED and reason != SLOWED:
        yield Kind.QUOTA_ENDED, "QUOTA_EXCEEDED", ["LLM10"]
    if seen.tools_refused:
        yield Kind.TOOL_REFUSED, "TOOL_REFUSED", ["LLM06"]
    if record.withheld:
        yield Kind.TEXT_WITHHELD, "TEXT_WITHHELD", ["LLM01"]


def _detail(record: AuditRecord, seen: Seen, reason: str, risks: Sequence[str]) -> dict[str, Any]:
    return {
        "request_id": record.request_id,
        "user_id": record.user_id,
        "tenant": seen.tenant,
        "reason": reason,
        "owasp": sorted(set(risks)),
        "address": seen.address,
        "conversation_id": record.conversation_id,
        "time": record.time.isoformat(timespec="milliseconds"),
    }
