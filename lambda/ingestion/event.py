"""What GuardDuty says of a landed object, read out of a queue's record."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

CLEAN: Final = "NO_THREATS_FOUND"
"""The only status with which a document goes on."""
LOOK: Final = "genai-defense.look-for-what-waits"
"""Source of the hourly event that is no scan result: see ``ingestion.waiting``."""
THREATS: Final = "THREATS_FOUND"
_STATUSES: Final = frozenset({CLEAN, THREATS, "UNSUPPORTED", "ACCESS_DENIED", "FAILED"})
_MOST_THREATS: Final = 20
_THREAT_CHARS: Final = 100


class EventError(ValueError):
    """The record is no scan result of ours; it goes to the dead letters, and nothing is published."""


@dataclass(frozen=True, slots=True)
class Landed:
    """One version of a landed object, and what the scan said of it.

    Args:
        bucket: The landing bucket.
        key: ``<tenant>/<file name>``.
        version_id: Which upload.
        etag: Of the version, without quotes.
        scan_status: GuardDuty's word; anything but ``NO_THREATS_FOUND`` keeps the document out.
        threats: Names of what was found.
    """

    bucket: str
    key: str
    version_id: str
    etag: str
    scan_status: str
    threats: tuple[str, ...] = ()


def is_look(record_body: str) -> bool:
    """Whether a record asks to look for what waits."""
    try:
        return _get(json.loads(record_body), "source") == LOOK
    except (ValueError, RecursionError):
        return False


def landed(record_body: str, bucket_name: str) -> Landed:
    """Read one record.

    Args:
        record_body: Body of the queue's record: the event as EventBridge sends it.
        bucket_name: The landing bucket; results about other buckets are not ours.

    Raises:
        EventError: It is no scan result about this bucket.
    """
    try:
        event = json.loads(record_body)
    except (ValueError, RecursionError) as error:
        raise EventError("The record is no JSON.") from error
    if _get(event, "source") != "aws.guardduty":
        raise EventError("The event does not come from GuardDuty.")
    detail = _mapping(_get(event, "detail"))
    place = _mapping(_get(detail, "s3ObjectDetails"))
    result = _mapping(_get(detail, "scanResultDetails"))
    if _text(place, "bucketName") != bucket_name:
        raise EventError("The event is about another bucket.")
    # A scan that did not complete has seen nothing.
    status = _text(result, "scanResultStatus") if _get(detail, "scanStatus") == "COMPLETED" else "FAILED"
    return Landed(
        bucket_name,
        _text(place, "objectKey"),
        _text(place, "versionId"),
        _text(place, "eTag").strip('"'),
        status if status in _STATUSES else "FAILED",
        tuple(_threats(_get(result, "threats"))),
    )


def _get(value: object, name: str) -> object:
    return cast("Mapping[str, Any]", value).get(name) if isinstance(value, Mapping) else None


def _mapping(value: object) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise EventError("The event has another shape than a scan result.")
    return cast("Mapping[str, Any]", value)


def _text(value: Mapping[str, Any], name: str) -> str:
    found = value.get(name)
    if not isinstance(found, str) or not found:
        raise EventError(f"The event names no {name}. Versioning of the landing bucket must be on.")
    return found


def _threats(value: object) -> list[str]:
    listed = cast("list[object]", value) if isinstance(value, list) else []
    return [str(_get(threat, "name"))[:_THREAT_CHARS] for threat in listed[:_MOST_THREATS]]
