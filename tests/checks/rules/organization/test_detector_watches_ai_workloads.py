"""GuardDuty looks at models, functions and objects."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-DetectorWatchesAiWorkloads"
Ask = Callable[..., Answer]
NEEDED = {"AI_PROTECTION": "ENABLED", "LAMBDA_NETWORK_LOGS": "ENABLED", "S3_DATA_EVENTS": "ENABLED"}


def detector(**change: Any) -> dict[str, Any]:
    features = [{"Name": name, "Status": status} for name, status in {**NEEDED, **change}.items()]
    return {"Enable": True, "Features": features}


@pytest.mark.parametrize(
    "properties",
    [
        detector(),
        detector(EKS_AUDIT_LOGS="DISABLED"),
        {**detector(), "Enable": "true"},
    ],
)
def test_a_sound_one_is_compliant(ask: Ask, properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Compliant)


@pytest.mark.parametrize(
    ("properties", "where"),
    [
        ({**detector(), "Enable": False}, "Enable"),
        ({"Enable": True}, "Features"),
        (detector(AI_PROTECTION="DISABLED"), "Features"),
        (detector(LAMBDA_NETWORK_LOGS="DISABLED"), "Features"),
        (detector(S3_DATA_EVENTS="DISABLED"), "Features"),
    ],
)
def test_a_weak_one_is_not(ask: Ask, properties: dict[str, Any], where: str) -> None:
    answer = ask(RULE, properties)
    assert isinstance(answer, NonCompliant)
    assert answer.property == where


@pytest.mark.parametrize(
    "properties",
    [
        {**detector(), "Enable": {"Ref": "Given"}},
        {"Enable": True, "Features": {"Ref": "Given"}},
        detector(AI_PROTECTION={"Ref": "Given"}),
    ],
)
def test_a_token_is_unknown(ask: Ask, properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Unknown)
