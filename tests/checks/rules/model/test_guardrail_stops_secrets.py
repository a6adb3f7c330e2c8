"""Keys and passwords are stopped in both directions."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-GuardrailStopsSecrets"
SECRETS = ("AWS_ACCESS_KEY", "AWS_SECRET_KEY", "PASSWORD")


def guardrail(**change: object) -> dict[str, Any]:
    """All secrets blocked; `change` is applied to the last one."""
    entities: list[dict[str, object]] = [{"Type": kind, "Action": "BLOCK"} for kind in ("EMAIL", *SECRETS)]
    entities[-1] |= change
    return {"SensitiveInformationPolicyConfig": {"PiiEntitiesConfig": entities}}


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"Action": "ANONYMIZE"},
        {"Action": "NONE", "InputAction": "BLOCK", "OutputAction": "ANONYMIZE"},
        {"InputEnabled": True},
    ],
)
def test_a_stopped_secret_is_compliant(ask: Callable[..., Answer], change: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, guardrail(**change)), Compliant)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"Action": "NONE"}, "Action"),
        ({"OutputAction": "NONE"}, "OutputAction"),
        ({"InputAction": "NONE"}, "InputAction"),
        ({"OutputEnabled": False}, "OutputEnabled"),
    ],
)
def test_a_secret_that_is_only_detected_is_not(
    ask: Callable[..., Answer], change: dict[str, Any], field: str
) -> None:
    answer = ask(RULE, guardrail(**change))
    assert isinstance(answer, NonCompliant)
    assert answer.property == f"SensitiveInformationPolicyConfig.PiiEntitiesConfig.3.{field}"


@pytest.mark.parametrize("properties", [{}, guardrail(Type="PIN")])
def test_a_secret_that_is_not_looked_for_is_not(
    ask: Callable[..., Answer], properties: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, properties), NonCompliant)


@pytest.mark.parametrize(
    "properties",
    [
        {"SensitiveInformationPolicyConfig": {"Ref": "Given"}},
        guardrail(Type={"Ref": "Given"}),
        guardrail(Action={"Ref": "Given"}),
        guardrail(InputEnabled={"Ref": "Given"}),
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Unknown)
