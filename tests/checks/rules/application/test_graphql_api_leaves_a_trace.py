"""A GraphQL API logs its errors and traces its requests."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-GraphqlApiLeavesATrace"
LOGS = {"FieldLogLevel": "ERROR", "CloudWatchLogsRoleArn": "arn:aws:iam::111122223333:role/logs"}


@pytest.mark.parametrize(
    "properties",
    [
        {"LogConfig": LOGS, "XrayEnabled": True},
        {"LogConfig": {**LOGS, "FieldLogLevel": "ALL"}, "XrayEnabled": "true"},
    ],
)
def test_logs_and_traces_are_compliant(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Compliant)


@pytest.mark.parametrize(
    ("properties", "where"),
    [
        ({"XrayEnabled": True}, "LogConfig"),
        ({"LogConfig": {**LOGS, "FieldLogLevel": "NONE"}, "XrayEnabled": True}, "LogConfig.FieldLogLevel"),
        ({"LogConfig": LOGS}, "XrayEnabled"),
        ({"LogConfig": LOGS, "XrayEnabled": False}, "XrayEnabled"),
    ],
)
def test_what_is_missing_is_named(ask: Callable[..., Answer], properties: dict[str, Any], where: str) -> None:
    answer = ask(RULE, properties)
    assert isinstance(answer, NonCompliant)
    assert answer.property == where


@pytest.mark.parametrize(
    "properties",
    [
        {"LogConfig": {"Ref": "Given"}},
        {"LogConfig": {"FieldLogLevel": {"Ref": "Given"}}},
        {"LogConfig": LOGS, "XrayEnabled": {"Ref": "Given"}},
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Unknown)
