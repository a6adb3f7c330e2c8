"""Builds what acts and what tells once per process, when it is first needed."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import boto3
from botocore.config import Config

from function_environment import FunctionEnvironment
from responder.actor import Actor, Terms
from responder.addresses import Addresses, BlockedSet
from responder.ledger import Ledger
from responder.records import Records
from responder.users import Users

if TYPE_CHECKING:
    from mypy_boto3_securityhub import SecurityHubClient
    from mypy_boto3_sns import SNSClient
    from mypy_boto3_wafv2 import WAFV2Client

# Whatever is tried twice has the same effect as once.
_CLIENT: Final[dict[str, Any]] = {
    "connect_timeout": 1,
    "read_timeout": 4,
    "retries": {"total_max_attempts": 3, "mode": "standard"},
}
# The stubs know only the installed services, and strict pyright counts the others as unknown.
_boto3: Any = boto3


@dataclass(frozen=True, slots=True)
class Teller:
    """Who is told, and how.

    Args:
        topic: SNS.
        topic_arn: People's topic.
        hub: Security Hub.
        findings: Whether findings are filed.
    """

    topic: SNSClient
    topic_arn: str
    hub: SecurityHubClient
    findings: bool


def client(service: str, region: str | None = None) -> Any:
    """A client with the limits of this function, of its own Region unless another one is named."""
    return _boto3.client(service, region_name=region, config=Config(**_CLIENT))


def listed(text: str | None) -> list[str]:
    """Values parted by commas."""
    return [entry.strip() for entry in (text or "").split(",") if entry.strip()]


def addresses(read: FunctionEnvironment) -> Addresses:
    """The blocked sets of the environment."""

    def web_acls(region: str | None) -> WAFV2Client:
        chosen: WAFV2Client = client("wafv2", region)
        return chosen

    return Addresses(
        client=web_acls,
        sets=[BlockedSet.from_text(entry) for entry in listed(read.text("BLOCKED_SETS"))],
        protected_networks=listed(read.optional("PROTECTED_NETWORKS")),
    )


def users(read: FunctionEnvironment) -> Users:
    """The user pool of the environment."""
    return Users(
        pool=client("cognito-idp"),
        pool_id=read.text("USER_POOL_ID"),
        table=client("dynamodb"),
        standing_table=read.text("STANDING_TABLE_NAME"),
        protected_roles=listed(read.optional("PROTECTED_ROLES")),
    )


@lru_cache(maxsize=1)
def actor() -> Actor:
    """What acts.

    Raises:
        SettingsError: The environment is not complete; nothing is cached then.
    """
    read = FunctionEnvironment(os.environ, function="responder")
    return Actor(
        ledger=Ledger(client=client("dynamodb"), table_name=read.text("RESPONSE_TABLE_NAME")),
        records=Records(client("s3"), read.text("AUDIT_BUCKET_NAME")),
        users=users(read),
        addresses=addresses(read),
        parameters=client("ssm"),
        kill_switch=read.text("KILL_SWITCH_PARAMETER"),
        terms=Terms(
            acting=read.text("MODE") == "act",
            slowed_seconds=60 * read.count("SLOWED_MINUTES", least=1),
            pause_seconds=read.count("PAUSE_SECONDS", least=1),
            blocked_seconds=60 * read.count("BLOCKED_MINUTES", least=1),
            users_per_hour=read.count("USERS_PER_HOUR", least=0),
            addresses_per_hour=read.count("ADDRESSES_PER_HOUR", least=0),
            switches_per_day=read.count("SWITCHES_PER_DAY", least=0),
        ),
    )


@lru_cache(maxsize=1)
def teller() -> Teller:
    """What tells."""
    read = FunctionEnvironment(os.environ, function="responder")
    return Teller(client("sns"), read.text("TOPIC_ARN"), client("securityhub"), read.text("FINDINGS") == "on")
