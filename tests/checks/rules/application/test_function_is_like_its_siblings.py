"""A function without what all others have is found; where functions differ anyway, none is."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-FunctionIsLikeItsSiblings"
FULL: dict[str, Any] = {
    "KmsKeyArn": "arn:aws:kms:eu-west-1:111122223333:key/some",
    "DeadLetterConfig": {"TargetArn": "arn:aws:sqs:eu-west-1:111122223333:letters"},
    "ReservedConcurrentExecutions": 10,
    "LoggingConfig": {"LogGroup": "/some/group"},
    "VpcConfig": {"SubnetIds": ["subnet-1"]},
    "TracingConfig": {"Mode": "Active"},
    "Timeout": 30,
}


def without(name: str) -> dict[str, Any]:
    return {key: value for key, value in FULL.items() if key != name}


def functions(number: int, properties: dict[str, Any]) -> dict[str, Any]:
    return {f"F{i}": {"Type": "AWS::Lambda::Function", "Properties": properties} for i in range(number)}


@pytest.mark.parametrize(
    ("name", "where"),
    [
        ("KmsKeyArn", "KmsKeyArn"),
        ("DeadLetterConfig", "DeadLetterConfig"),
        ("ReservedConcurrentExecutions", "ReservedConcurrentExecutions"),
        ("LoggingConfig", "LoggingConfig.LogGroup"),
        ("VpcConfig", "VpcConfig.SubnetIds"),
        ("TracingConfig", "TracingConfig.Mode"),
    ],
)
def test_the_only_function_without_a_protection_is_not(
    ask: Callable[..., Answer], name: str, where: str
) -> None:
    answer = ask(RULE, without(name), others=functions(6, FULL))
    assert isinstance(answer, NonCompliant)
    assert answer.property == where


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"ReservedConcurrentExecutions": 1000}, "ReservedConcurrentExecutions"),
        ({"Timeout": 900}, "Timeout"),
    ],
)
def test_a_number_of_another_order_is_not(
    ask: Callable[..., Answer], changes: dict[str, Any], where: str
) -> None:
    answer = ask(RULE, {**FULL, **changes}, others=functions(10, FULL))
    assert isinstance(answer, NonCompliant)
    assert answer.property == where


def test_a_function_like_all_others_is_compliant(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, FULL, others=functions(6, FULL)), Compliant)


def test_a_destination_for_failures_is_as_good_as_dead_letters(ask: Callable[..., Answer]) -> None:
    destination = {"OnFailure": {"Destination": "arn:aws:sqs:eu-west-1:111122223333:letters"}}
    properties = {"FunctionName": {"Ref": "Subject"}, "DestinationConfig": destination}
    configuration = {"Config": {"Type": "AWS::Lambda::EventInvokeConfig", "Properties": properties}}
    others = {**functions(6, FULL), **configuration}
    assert isinstance(ask(RULE, without("DeadLetterConfig"), others=others), Compliant)


@pytest.mark.parametrize("bare", [1, 2, 3])
def test_where_functions_differ_none_is_asked(ask: Callable[..., Answer], bare: int) -> None:
    others = {**functions(6, {}), **functions(6 - bare, FULL)}
    assert isinstance(ask(RULE, {}, others=others), NotApplicable)


@pytest.mark.parametrize("name", ["ReservedConcurrentExecutions", "TracingConfig"])
def test_four_functions_make_a_practice_of_what_takes_care(ask: Callable[..., Answer], name: str) -> None:
    assert isinstance(ask(RULE, without(name), others=functions(4, FULL)), NonCompliant)


def test_two_functions_make_no_practice(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, {}, others=functions(2, FULL)), NotApplicable)


def test_a_function_that_the_cdk_makes_does_not_count(ask: Callable[..., Answer]) -> None:
    bare: dict[str, Any] = {"CustomS3AutoDelete": {"Type": "AWS::Lambda::Function", "Properties": {}}}
    assert isinstance(ask(RULE, {}, others={**functions(6, FULL), **bare}), NonCompliant)


@pytest.mark.parametrize("name", ["KmsKeyArn", "ReservedConcurrentExecutions", "Timeout"])
def test_a_token_is_unknown(ask: Callable[..., Answer], name: str) -> None:
    assert isinstance(ask(RULE, {**FULL, name: {"Ref": "Given"}}, others=functions(10, FULL)), Unknown)
