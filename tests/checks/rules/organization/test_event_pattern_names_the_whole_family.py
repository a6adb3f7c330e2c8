"""A pattern that forgot one name of a family is found."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable

RULE = "OwaspLlm-EventPatternNamesTheWholeFamily"
KEYS = [
    "DeleteImportedKeyMaterial",
    "DisableKey",
    "DisableKeyRotation",
    "PutKeyPolicy",
    "ScheduleKeyDeletion",
]
ERRORS = ["CodeMismatchException", "NotAuthorizedException", "UserNotFoundException"]
FORMS = ["AWS API Call via CloudTrail", "AWS Service Event via CloudTrail"]


def calls(names: list[Any]) -> dict[str, Any]:
    return {"EventPattern": {"source": ["aws.kms"], "detail": {"eventName": names}}}


def sign_ins(errors: list[str], forms: list[str]) -> dict[str, Any]:
    return {
        "EventPattern": {"source": ["aws.cognito-idp"], "detail-type": forms, "detail": {"errorCode": errors}}
    }


def findings(*labels: str) -> dict[str, Any]:
    detail = {"findings": {"Severity": {"Label": list(labels)}}}
    return {"EventPattern": {"source": ["aws.securityhub"], "detail": detail}}


@pytest.mark.parametrize("properties", [calls(KEYS), sign_ins(ERRORS, FORMS)])
def test_a_whole_family_is_compliant(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Compliant)


@pytest.mark.parametrize("index", range(5))
def test_a_call_that_was_forgotten_is_found(ask: Callable[..., Answer], index: int) -> None:
    answer = ask(RULE, calls([*KEYS[:index], *KEYS[index + 1 :]]))
    assert isinstance(answer, NonCompliant)
    assert KEYS[index] in answer.message


@pytest.mark.parametrize(
    "properties",
    [
        sign_ins(ERRORS[1:], FORMS),
        sign_ins(ERRORS, FORMS[:1]),
        sign_ins(ERRORS, FORMS[1:]),
        findings("HIGH"),
        findings("MEDIUM", "CRITICAL"),
    ],
)
def test_other_gaps_are_found(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), NonCompliant)


@pytest.mark.parametrize(
    "properties",
    [
        calls(KEYS[:2]),
        calls([{"prefix": "Delete"}]),
        findings("CRITICAL"),
        findings("HIGH", "CRITICAL"),
        {"EventPattern": {"source": ["my.app"], "detail": {"eventName": KEYS[1:]}}},
        {"EventPattern": {"Ref": "Given"}},
        {"ScheduleExpression": "rate(1 day)"},
    ],
)
def test_a_pattern_about_a_few_is_left_alone(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), NotApplicable)
