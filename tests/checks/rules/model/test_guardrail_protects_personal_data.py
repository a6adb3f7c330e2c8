"""What is listed is stopped, and something is listed."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-GuardrailProtectsPersonalData"
Case = tuple[dict[str, Any], str | None]
Weak = tuple[str, dict[str, Any], str | None]
SOUND: list[Case] = [
    (
        {
            "SensitiveInformationPolicyConfig": {
                "PiiEntitiesConfig": [
                    {"Type": "EMAIL", "Action": "ANONYMIZE"},
                    {"Type": "PHONE", "Action": "BLOCK"},
                ]
            }
        },
        None,
    ),
    (
        {
            "SensitiveInformationPolicyConfig": {
                "PiiEntitiesConfig": [
                    {"Type": "EMAIL", "Action": "ANONYMIZE"},
                    {"Type": "PHONE", "Action": "BLOCK", "OutputAction": "BLOCK", "InputAction": "NONE"},
                ]
            }
        },
        None,
    ),
    (
        {
            "SensitiveInformationPolicyConfig": {
                "RegexesConfig": [{"Name": "id", "Pattern": "a", "Action": "BLOCK"}]
            }
        },
        None,
    ),
]
UNRESOLVED: list[Case] = [
    ({"SensitiveInformationPolicyConfig": {"PiiEntitiesConfig": {"Ref": "Given"}}}, None),
    (
        {
            "SensitiveInformationPolicyConfig": {
                "PiiEntitiesConfig": [
                    {"Type": "EMAIL", "Action": "ANONYMIZE"},
                    {"Type": "PHONE", "Action": {"Ref": "Given"}},
                ]
            }
        },
        None,
    ),
    (
        {
            "SensitiveInformationPolicyConfig": {
                "PiiEntitiesConfig": [
                    {"Type": "EMAIL", "Action": "ANONYMIZE"},
                    {"Type": "PHONE", "Action": "BLOCK", "OutputEnabled": {"Ref": "Given"}},
                ]
            }
        },
        None,
    ),
    ({"SensitiveInformationPolicyConfig": {"PiiEntitiesConfig": [{"Ref": "Given"}]}}, None),
]
WEAK: list[Weak] = [
    ("SensitiveInformationPolicyConfig", {}, None),
    (
        "SensitiveInformationPolicyConfig.PiiEntitiesConfig.1.Action",
        {
            "SensitiveInformationPolicyConfig": {
                "PiiEntitiesConfig": [
                    {"Type": "EMAIL", "Action": "ANONYMIZE"},
                    {"Type": "PHONE", "Action": "NONE"},
                ]
            }
        },
        None,
    ),
    (
        "SensitiveInformationPolicyConfig.PiiEntitiesConfig.1.OutputAction",
        {
            "SensitiveInformationPolicyConfig": {
                "PiiEntitiesConfig": [
                    {"Type": "EMAIL", "Action": "ANONYMIZE"},
                    {"Type": "PHONE", "Action": "BLOCK", "OutputAction": "NONE"},
                ]
            }
        },
        None,
    ),
    (
        "SensitiveInformationPolicyConfig.PiiEntitiesConfig.1.OutputEnabled",
        {
            "SensitiveInformationPolicyConfig": {
                "PiiEntitiesConfig": [
                    {"Type": "EMAIL", "Action": "ANONYMIZE"},
                    {"Type": "PHONE", "Action": "BLOCK", "OutputEnabled": False},
                ]
            }
        },
        None,
    ),
]


@pytest.mark.parametrize(("properties", "kind"), SOUND)
def test_what_is_sound_is_compliant(
    ask: Callable[..., Answer], properties: dict[str, Any], kind: str | None
) -> None:
    assert isinstance(ask(RULE, properties, resource_type=kind), Compliant)


@pytest.mark.parametrize(("properties", "kind"), UNRESOLVED)
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any], kind: str | None) -> None:
    assert isinstance(ask(RULE, properties, resource_type=kind), Unknown)


@pytest.mark.parametrize(("where", "properties", "kind"), WEAK)
def test_what_is_weak_is_found(
    ask: Callable[..., Answer], where: str, properties: dict[str, Any], kind: str | None
) -> None:
    answer = ask(RULE, properties, resource_type=kind)
    assert isinstance(answer, NonCompliant)
    assert answer.property == where
