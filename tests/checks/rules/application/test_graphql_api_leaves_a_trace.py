"""A GraphQL API logs its errors and is traced."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-GraphqlApiLeavesATrace"
_SOUND = {"LogConfig": {"FieldLogLevel": "ERROR", "CloudWatchLogsRoleArn": "arn:r"}, "XrayEnabled": True}


@pytest.mark.parametrize(
    "change", [{}, {"LogConfig": {"FieldLogLevel": "ALL"}}, {"XrayEnabled": "true"}, {"XrayEnabled": None}]
)
def test_logs_and_traces_are_sound(ask: Callable[..., Answer], change: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, _SOUND | change), Compliant)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"LogConfig": None}, "LogConfig.FieldLogLevel"),
        ({"LogConfig": {"FieldLogLevel": "NONE"}}, "LogConfig.FieldLogLevel"),
        ({"XrayEnabled": False}, "XrayEnabled"),
    ],
)
def test_neither_is_found(ask: Callable[..., Answer], change: dict[str, Any], field: str) -> None:
    answer = ask(RULE, _SOUND | change)
    assert isinstance(answer, NonCompliant)
    assert answer.property == field


@pytest.mark.parametrize("name", ["LogConfig", "XrayEnabled"])
def test_a_token_is_unknown(ask: Callable[..., Answer], name: str) -> None:
    assert isinstance(ask(RULE, _SOUND | {name: {"Ref": "Given"}}), Unknown)
