"""Table can be restored."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-TableCanBeRestored"
GLOBAL = "AWS::DynamoDB::GlobalTable"


def recovery(*, enabled: object) -> dict[str, Any]:
    return {"PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": enabled}}


@pytest.mark.parametrize(
    "case",
    [
        {"properties": recovery(enabled=True)},
        {"properties": recovery(enabled="true")},
        {
            "properties": {"Replicas": [{"Region": "eu-west-1"}, recovery(enabled=True)]},
            "resource_type": GLOBAL,
        },
    ],
)
def test_what_is_sound_is_left_alone(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Compliant)


@pytest.mark.parametrize(
    "case",
    [
        {"properties": {}},
        {"properties": recovery(enabled=False)},
        {"properties": {"Replicas": [{"Region": "eu-west-1"}]}, "resource_type": GLOBAL},
    ],
)
def test_what_breaks_the_promise_is_found(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NonCompliant)


@pytest.mark.parametrize(
    "case",
    [
        {"properties": recovery(enabled={"Ref": "Given"})},
        {"properties": {"Replicas": [recovery(enabled={"Ref": "Given"})]}, "resource_type": GLOBAL},
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Unknown)
