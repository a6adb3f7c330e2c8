"""Builds the service once per process, when the first call comes and not at import."""

from __future__ import annotations

import os
from functools import lru_cache, partial
from typing import Any, Final

import boto3
from botocore.config import Config

from conversations.flow import Service
from conversations.reviews import Reviews
from conversations.settings import Settings
from conversations.store import OwnConversations
from conversations.usage import Usage
from standing_rows import Gate
from user_session import UserCredentials, rows_client

# How the user stands (1.5 s), a page, a session and a message, each as slow as it may be, end before the API
# stops waiting (29 s).
_STORE: Final[dict[str, Any]] = {
    "connect_timeout": 0.5,
    "read_timeout": 2,
    "retries": {"total_max_attempts": 2, "mode": "standard"},
    "max_pool_connections": 10,
}
_STANDING: Final[dict[str, Any]] = {
    **_STORE,
    "read_timeout": 1,
    "retries": {"total_max_attempts": 1, "mode": "standard"},
}
# The stubs know only the installed services, and strict pyright counts the others as unknown.
_boto3: Any = boto3


@lru_cache(maxsize=1)
def service() -> Service:
    """The service of this process.

    Raises:
        SettingsError: The environment is not complete; nothing is cached then.
    """
    settings = Settings.from_environment(os.environ)
    sts = _boto3.client("sts", config=Config(**_STORE))
    connect = partial(rows_client, config=Config(**_STORE))
    credentials = UserCredentials(sts, settings.rows_role_arn, "conversations")
    return Service(
        gate=Gate(
            lambda user_id: rows_client(credentials.of(user_id), config=Config(**_STANDING)),
            settings.standing_table_name,
        ),
        conversations=OwnConversations(credentials, connect, settings.conversation_table_name),
        usage=Usage(
            credentials=credentials,
            connect=connect,
            table_name=settings.quota_table_name,
            requests_per_day=settings.requests_per_day,
            tokens_per_day=settings.tokens_per_day,
        ),
        reviews=Reviews(_boto3.client("sqs", config=Config(**_STORE)), settings.review_queue_url),
    )
