"""Builds the flow once per process, when the first request comes and not at import."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import Any, Final

import boto3
from botocore.config import Config

from guardrail.audit import Audit
from guardrail.chat_client import ChatClient
from guardrail.events import SecurityEvents
from guardrail.flow import Guardrail
from guardrail.kill_switch import KillSwitch
from guardrail.quota import Quota
from guardrail.recorder import Recorder
from guardrail.settings import Settings
from guardrail.standing import UserStanding
from guardrail.telemetry import logger, metrics
from guardrail_engine import Engine

# API Gateway waits 29 s for an answer in one piece (its limit for REST, read 2026-11-23). Reserving, asking,
# settling and recording must fit even when each is as slow as it may be, or the record says what the user
# did not hear: two stores of 2 attempts x 1.5 s with up to 1 s of back-off, 1.5 s to settle, and 15.5 s for
# the answer make 25 s. The kill switch is read before and after, each within 0.8 s, the user's standing
# within 1 s, and the responder is told within 0.7 s.
_STORE: Final[dict[str, Any]] = {
    "connect_timeout": 0.5,
    "read_timeout": 1,
    "retries": {"total_max_attempts": 2, "mode": "standard"},
}
# A settlement gives tokens back; made twice, it would give what was spent.
_SETTLING: Final[dict[str, Any]] = {**_STORE, "retries": {"total_max_attempts": 1, "mode": "standard"}}
# Asked anew by the next request; meanwhile the last value counts.
_SWITCH: Final[dict[str, Any]] = {
    "connect_timeout": 0.3,
    "read_timeout": 0.5,
    "retries": {"total_max_attempts": 1, "mode": "standard"},
}
# A standing must be known before anything else is done; an event is told after everything.
_STANDING: Final[dict[str, Any]] = {**_SWITCH, "read_timeout": 0.7}
_EVENTS: Final[dict[str, Any]] = {**_SWITCH, "read_timeout": 0.4}
_CHAT: Final[dict[str, Any]] = {
    "connect_timeout": 0.5,
    "read_timeout": 15,
    # A second invocation would spend tokens twice.
    "retries": {"total_max_attempts": 1, "mode": "standard"},
}
# A streamed answer may take longer as a whole. The next piece of it may wait for a tool (5.5 s), for the
# judge of its result and for the model (12.5 s each).
_STREAMED_CHAT: Final[dict[str, Any]] = {**_CHAT, "read_timeout": 33}
# The stubs know only the installed services, and strict pyright counts the others as unknown.
_boto3: Any = boto3


@lru_cache(maxsize=1)
def guardrail() -> Guardrail:
    """The flow of this process.

    Raises:
        SettingsError: The environment is not complete; nothing is cached then.
        ValueError: A link host is no host name.
    """
    settings = Settings.from_environment(os.environ)
    recorder = Recorder(logger, metrics)
    quota = _quota(settings)
    return Guardrail(
        kill_switch=KillSwitch(
            _boto3.client("ssm", config=Config(**_SWITCH)), settings.kill_switch_parameter
        ),
        engine=Engine(allowed_link_hosts=settings.allowed_link_hosts),
        quota=quota,
        standing=UserStanding(
            client=_boto3.client("dynamodb", config=Config(**_STANDING)),
            table_name=settings.standing_table_name,
            quota=quota,
        ),
        events=SecurityEvents(
            _boto3.client("events", config=Config(**_EVENTS)), settings.event_bus_name, recorder
        ),
        seen_by=settings.address_seen_by,
        chat=ChatClient(
            _boto3.client("lambda", config=Config(**_CHAT)),
            _boto3.client("lambda", config=Config(**_STREAMED_CHAT)),
            settings.chat_function_name,
        ),
        audit=Audit(_boto3.client("s3", config=Config(**_STORE)), settings.audit_bucket_name),
        recorder=recorder,
        max_output_tokens=settings.max_output_tokens,
    )


def _quota(settings: Settings) -> Quota:
    return Quota(
        client=_boto3.client("dynamodb", config=Config(**_STORE)),
        settling_client=_boto3.client("dynamodb", config=Config(**_SETTLING)),
        table_name=settings.quota_table_name,
        requests_per_day=settings.requests_per_day,
        tokens_per_day=settings.tokens_per_day,
    )
