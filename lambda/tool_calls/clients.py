"""How the functions around the tools talk to AWS: two short tries, then a failure, which is a refusal."""

from __future__ import annotations

from typing import Any, Final

import boto3
from botocore.config import Config

# Worst case 2 x (0.3 + 0.6) s and up to 1 s between: 2.8 s a call.
_STORE: Final[dict[str, Any]] = {
    "connect_timeout": 0.3,
    "read_timeout": 0.6,
    "retries": {"total_max_attempts": 2, "mode": "standard"},
}
TOOL_SECONDS: Final = 4
"""Longest run of a tool's own function; the construct sets it as the function's time-out."""
# One try: whether a call of a tool that was not answered did something is not known.
_TOOL: Final[dict[str, Any]] = {
    "connect_timeout": 0.3,
    "read_timeout": TOOL_SECONDS + 0.2,
    "retries": {"total_max_attempts": 1, "mode": "standard"},
}
# The stubs know only the installed services, and strict pyright counts the others as unknown.
_boto3: Any = boto3


def store_client(service: str) -> Any:
    """A client of a store or of a decision: two tries of at most 0.9 s."""
    return _boto3.client(service, config=Config(**_STORE))


def tool_client() -> Any:
    """A Lambda client that waits for a tool once."""
    return _boto3.client("lambda", config=Config(**_TOOL))
