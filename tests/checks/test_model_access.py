"""What may invoke a model, and what pins a guardrail's version."""

from typing import Any

import pytest

from genai_defense.checks.model_access import may_invoke_models, numbered_guardrail
from genai_defense.checks.policy import Statement
from genai_defense.checks.values import Pseudo, Text, Unresolved, Value

REGION = Pseudo("AWS::Region")


def allows(resource: Value) -> bool:
    body: dict[str, Any] = {"Effect": "Allow", "Action": "bedrock:*", "Resource": resource}
    return may_invoke_models(Statement(path="", body=body))


@pytest.mark.parametrize(
    "resource",
    [
        "*",
        "arn:*",
        "arn:aws:bedrock:*",
        "arn:aws:bedrock:*:*:*",
        "arn:aws:bedrock:*::foundation-model/*",
        "arn:aws:b*:us-east-1:1:imported-model/x",
        "arn:aws:bedrock:us-east-1::foundation-model/amazon.titan-embed-*",
        Text(("arn:aws:bedrock:us-east-1::foundation-model/amazon.titan-embed-", Unresolved("?"))),
        Text(("arn:aws:bedrock:", REGION, ":123456789012:prompt-router/x")),
        Unresolved("?"),
    ],
)
def test_a_resource_that_may_be_a_model_counts(resource: Value) -> None:
    assert allows(resource)


@pytest.mark.parametrize(
    "resource",
    [
        "arn:aws:s3:::bucket/*",
        "arn:aws:bedrock:us-east-1:123456789012:agent-alias/a/b",
        Text(("arn:aws:logs:", REGION, ":123456789012:log-group:*")),
        Text(("arn:aws:bedrock:", REGION, "::foundation-model/amazon.titan-embed-text-v2:0")),
    ],
)
def test_another_resource_does_not(resource: Value) -> None:
    assert not allows(resource)


@pytest.mark.parametrize("version", ["1", "12"])
def test_a_number_is_a_version(version: str) -> None:
    assert numbered_guardrail(f"arn:aws:bedrock:us-east-1:123456789012:guardrail/abc:{version}") is True


@pytest.mark.parametrize("version", ["", ":", ":0", ":DRAFT", ":*", ":1*", ":1?"])
def test_anything_else_is_none(version: str) -> None:
    assert numbered_guardrail(f"arn:aws:bedrock:us-east-1:123456789012:guardrail/abc{version}") is False


@pytest.mark.parametrize(
    "value", [None, 1, Unresolved("?"), Text(("arn:aws:bedrock:::guardrail/", Unresolved("?"), ":1"))]
)
def test_what_is_not_spelled_out_stays_unresolved(value: Value) -> None:
    assert isinstance(numbered_guardrail(value), Unresolved)
