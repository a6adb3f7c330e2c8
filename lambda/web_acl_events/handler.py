"""Lambda entry: lines of a web ACL's log come in, an event per address goes on the bus."""

from __future__ import annotations

import base64
import gzip
import ipaddress
import json
import os
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import boto3
from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from botocore.config import Config

from function_environment import FunctionEnvironment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aws_lambda_powertools.utilities.typing import LambdaContext

SOURCE: Final = "genai-defense.web-acl"
DETAIL_TYPE: Final = "Address Refused"
BLOCKED_RULE: Final = "BlockedAddress"
"""Refusals by this rule are the responder's own doing: counting them would keep an address out forever."""
_ENTRIES: Final = 10
_SERVICE = os.environ.get("POWERTOOLS_SERVICE_NAME", "web_acl_events")
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
    """EventBridge did not take every event; Lambda tries the batch again."""


@lru_cache(maxsize=1)
def _bus() -> tuple[Any, str]:
    read = FunctionEnvironment(os.environ, function="web ACL events")
    return _boto3.client("events", config=Config(**_CLIENT)), read.text("EVENT_BUS_NAME")


def refused(lines: Iterable[str]) -> Counter[str]:
    """How often which address was refused, by rules other than that of blocked addresses."""
    counted: Counter[str] = Counter()
    for line in lines:
        entry = json.loads(line)
        if entry["action"] != "BLOCK" or entry["terminatingRuleId"] == BLOCKED_RULE:
            continue
        counted[str(ipaddress.ip_address(entry["httpRequest"]["clientIp"]))] += 1
    return counted


@logger.inject_lambda_context(log_event=False)
@metrics.log_metrics
def handler(event: dict[str, Any], _context: LambdaContext) -> dict[str, int]:
    """Put an event per address on the bus.

    Args:
        event: ``awslogs.data``: the lines, packed and encoded.
        _context: Lambda's context.

    Returns:
        How many addresses and refusals.

    Raises:
        Exception: A line is none of a web ACL's log, or the bus did not take an event.
    """
    metrics.add_metric(name="LogBatches", unit=MetricUnit.Count, value=1)
    content = json.loads(gzip.decompress(base64.b64decode(event["awslogs"]["data"])))
    counted = refused(entry["message"] for entry in content["logEvents"])
    client, bus = _bus()
    entries = [
        {
            "EventBusName": bus,
            "Source": SOURCE,
            "DetailType": DETAIL_TYPE,
            "Detail": json.dumps({"address": address, "hits": hits}),
        }
        for address, hits in counted.items()
    ]
    for batch in _in_tens(entries):
        if client.put_events(Entries=batch)["FailedEntryCount"]:
            raise LostError
    metrics.add_metric(name="AddressesRefused", unit=MetricUnit.Count, value=len(counted))
    return {"addresses": len(counted), "refusals": counted.total()}


def _in_tens(entries: list[dict[str, str]]) -> list[list[dict[str, str]]]:
    return [entries[at : at + _ENTRIES] for at in range(0, len(entries), _ENTRIES)]
