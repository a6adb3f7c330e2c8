"""Lambda entry: S3 says that Cognito has exported sign-ins, an event per risky one goes on the bus."""

from __future__ import annotations

import json
import os
import zlib
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import boto3
from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from botocore.config import Config

from function_environment import FunctionEnvironment
from sign_in_events.risk import LineError, RiskySignIn, risky

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext

SOURCE: Final = "genai-defense.sign-in"
DETAIL_TYPE: Final = "Risky Sign-In"
MOST_BYTES: Final = 64 * 1024 * 1024
"""Most of one export, unpacked: some 50,000 sign-ins in five minutes."""
_PACKED: Final = b"\x1f\x8b"
_ENTRIES: Final = 10
_SERVICE = os.environ.get("POWERTOOLS_SERVICE_NAME", "sign_in_events")
logger = Logger(service=_SERVICE)
metrics = Metrics(namespace=os.environ.get("POWERTOOLS_METRICS_NAMESPACE", "GenAiDefense"), service=_SERVICE)
_CLIENT: Final[dict[str, Any]] = {
    "connect_timeout": 1,
    "read_timeout": 4,
    "retries": {"total_max_attempts": 3, "mode": "standard"},
}
# The stubs know only the installed services, and strict pyright counts the others as unknown.
_boto3: Any = boto3


class LostError(Exception):
    """Not everything came through; Lambda tries the export again, and then keeps it apart."""


@lru_cache(maxsize=1)
def _services() -> tuple[Any, Any, str, str]:
    read = FunctionEnvironment(os.environ, function="sign-in events")
    config = Config(**_CLIENT)
    return (
        _boto3.client("s3", config=config),
        _boto3.client("events", config=config),
        read.text("EVENT_BUS_NAME"),
        read.text("SIGN_IN_BUCKET_NAME"),
    )


@logger.inject_lambda_context(log_event=False)
@metrics.log_metrics
def handler(event: dict[str, Any], _context: LambdaContext) -> dict[str, int]:
    """Put an event per risky sign-in of one export on the bus.

    A second delivery tells the same ids again, which count once.

    Args:
        event: As EventBridge brings it from S3.
        _context: Lambda's context.

    Returns:
        How many sign-ins were read and told.

    Raises:
        Exception: It is not from the bucket of the exports, or not everything was read and told; what can be
            told was.
    """
    metrics.add_metric(name="SignInExports", unit=MetricUnit.Count, value=1)
    detail = event["detail"]
    store, events, bus, bucket = _services()
    if detail["bucket"]["name"] != bucket:
        raise LostError("another bucket")
    body = store.get_object(Bucket=bucket, Key=detail["object"]["key"])["Body"].read(MOST_BYTES + 1)
    lines = unpacked(body).decode().split("\n")
    found: list[RiskySignIn] = []
    malformed = 0
    for line in filter(None, map(str.strip, lines)):
        try:
            sign_in = risky(json.loads(line))
        except (LineError, json.JSONDecodeError, RecursionError):
            # One line of another form must not hide the others, and is not passed over in silence.
            malformed += 1
        else:
            found += [sign_in] if sign_in else []
    _tell(events, bus, found)
    metrics.add_metric(name="RiskySignIns", unit=MetricUnit.Count, value=len(found))
    if malformed:
        metrics.add_metric(name="SignInLinesNotRead", unit=MetricUnit.Count, value=malformed)
        raise LostError(f"{malformed} lines")
    return {"told": len(found)}


def unpacked(body: bytes) -> bytes:
    """The text of an export, which is packed, in one member or many, or plain.

    Raises:
        LostError: It is larger than ``MOST_BYTES``.
        zlib.error: It is packed and broken.
    """
    text = b"" if body.startswith(_PACKED) else body
    while body.startswith(_PACKED) and len(text) <= MOST_BYTES:
        unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
        text += unpacker.decompress(body, MOST_BYTES + 1 - len(text))
        body = unpacker.unused_data
    if len(text) > MOST_BYTES:
        raise LostError("an export is too large")
    return text


def _tell(events: Any, bus: str, found: list[RiskySignIn]) -> None:
    entries = [
        {
            "EventBusName": bus,
            "Source": SOURCE,
            "DetailType": DETAIL_TYPE,
            "Time": sign_in.time,
            "Detail": json.dumps(sign_in.as_detail()),
        }
        for sign_in in found
    ]
    for at in range(0, len(entries), _ENTRIES):
        if events.put_events(Entries=entries[at : at + _ENTRIES])["FailedEntryCount"]:
            raise LostError("events")
