"""A state machine that alone is untraced, or alone logs data, is found."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-MachineIsLikeItsSiblings"
TRACED: dict[str, Any] = {"TracingConfiguration": {"Enabled": True}}
QUIET: dict[str, Any] = {"LoggingConfiguration": {"Level": "ALL", "IncludeExecutionData": False}}
LOUD: dict[str, Any] = {"LoggingConfiguration": {"Level": "ALL", "IncludeExecutionData": True}}


def functions(number: int, mode: str) -> dict[str, Any]:
    properties = {"TracingConfig": {"Mode": mode}}
    return {f"F{i}": {"Type": "AWS::Lambda::Function", "Properties": properties} for i in range(number)}


def machine(properties: dict[str, Any]) -> dict[str, Any]:
    return {"Other": {"Type": "AWS::StepFunctions::StateMachine", "Properties": properties}}


def test_a_machine_like_all_else_is_compliant(ask: Callable[..., Answer]) -> None:
    others = {**functions(4, "Active"), **machine({**TRACED, **QUIET})}
    assert isinstance(ask(RULE, {**TRACED, **QUIET}, others=others), Compliant)


@pytest.mark.parametrize(
    ("properties", "others", "where"),
    [
        ({}, functions(4, "Active"), "TracingConfiguration.Enabled"),
        (LOUD, machine(QUIET), "LoggingConfiguration.IncludeExecutionData"),
    ],
)
def test_the_only_one_that_differs_is_found(
    ask: Callable[..., Answer], properties: dict[str, Any], others: dict[str, Any], where: str
) -> None:
    answer = ask(RULE, properties, others=others)
    assert isinstance(answer, NonCompliant)
    assert answer.property == where


@pytest.mark.parametrize(
    "others", [functions(2, "Active"), functions(6, "PassThrough"), machine({}), machine(LOUD)]
)
def test_without_a_practice_none_is_asked(ask: Callable[..., Answer], others: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, LOUD, others=others), NotApplicable)


def test_a_token_is_unknown(ask: Callable[..., Answer]) -> None:
    properties = {"TracingConfiguration": {"Enabled": {"Ref": "Given"}}}
    assert isinstance(ask(RULE, properties, others=functions(5, "Active")), Unknown)
