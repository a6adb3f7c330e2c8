"""How a Python function streams: our runtime loop in place of the managed one (decision 0012)."""

from collections.abc import Mapping

from aws_cdk import Duration

STREAMING_PACKAGE = "streaming_runtime"
STREAMING_ENVIRONMENT: Mapping[str, str] = {
    "AWS_LAMBDA_EXEC_WRAPPER": f"/var/task/{STREAMING_PACKAGE}/start",
}
"""Lambda then starts the function through this script of its own code."""
STREAM_TIMEOUT = Duration.seconds(80)
"""How long API Gateway waits for a streamed answer: longer than the function that streams it may run."""
