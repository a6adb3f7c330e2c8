"""Lambda's context object, as handlers and Powertools read it."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field


def _variable(name: str) -> str:
    return os.environ.get(name, "")


@dataclass(frozen=True, slots=True)
class Context:
    """One invocation's context.

    Args:
        aws_request_id: Lambda's id of the invocation.
        invoked_function_arn: As the caller named the function.
        deadline_ms: When Lambda ends the invocation, in milliseconds since the epoch.
    """

    aws_request_id: str
    invoked_function_arn: str
    deadline_ms: int
    function_name: str = field(default_factory=lambda: _variable("AWS_LAMBDA_FUNCTION_NAME"))
    function_version: str = field(default_factory=lambda: _variable("AWS_LAMBDA_FUNCTION_VERSION"))
    memory_limit_in_mb: str = field(default_factory=lambda: _variable("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"))
    log_group_name: str = field(default_factory=lambda: _variable("AWS_LAMBDA_LOG_GROUP_NAME"))
    log_stream_name: str = field(default_factory=lambda: _variable("AWS_LAMBDA_LOG_STREAM_NAME"))
    identity: None = None
    client_context: None = None

    def get_remaining_time_in_millis(self) -> int:
        """Milliseconds until Lambda ends the invocation, at least 0."""
        return max(0, self.deadline_ms - int(time.time() * 1000))
