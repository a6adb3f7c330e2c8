"""The entry point hands CloudFormation's request to the provider, and its answer back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from custom_resource import response
from invocation_logging import handler

if TYPE_CHECKING:
    import pytest


def test_a_refusal_reaches_cloudformation(monkeypatch: pytest.MonkeyPatch) -> None:
    class Bedrock:
        def get_model_invocation_logging_configuration(self) -> dict[str, Any]:
            return {}

    class Context:
        log_stream_name = "stream"

        def get_remaining_time_in_millis(self) -> int:
            return 60_000

    delivered: list[bytes] = []

    def deliver(_url: str, body: bytes) -> None:
        delivered.append(body)

    def client(_service: str) -> Bedrock:
        return Bedrock()

    monkeypatch.setattr("boto3.client", client)
    monkeypatch.setattr("custom_resource.run.deliver", deliver)
    event = {
        "RequestType": "Create",
        "ResponseURL": "https://cloudformation.s3.amazonaws.com/x",
        "StackId": "stack",
        "RequestId": "request",
        "LogicalResourceId": "Setting",
        "ResourceProperties": {"Mode": "existing"},
    }
    handler.handler(event, cast("Any", Context()))
    assert b"logged nowhere" in delivered[0]
    assert len(delivered[0]) < response.MOST_BYTES
