"""DynamoDB as one user."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import boto3

if TYPE_CHECKING:
    from botocore.config import Config
    from mypy_boto3_dynamodb import DynamoDBClient

    from user_session.credentials import SessionCredentials

# The stubs know only the installed services, and strict pyright counts the others as unknown.
_boto3: Any = boto3


def rows_client(session: SessionCredentials, *, config: Config) -> DynamoDBClient:
    """A client that acts with a session, and with none of the function's own rights.

    Args:
        session: Of the user whose rows are touched.
        config: Time-outs and retries.
    """
    client: DynamoDBClient = _boto3.client(
        "dynamodb",
        aws_access_key_id=session.access_key_id,
        aws_secret_access_key=session.secret_access_key,
        aws_session_token=session.session_token,
        config=config,
    )
    return client
