"""One filter or credential alone that is weaker than the others stands out."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable

RULE = "OwaspLlm-GuardrailEntriesAreAlike"
HARMS = ("HATE", "INSULTS", "MISCONDUCT", "SEXUAL", "VIOLENCE")


def _harms(strength: str = "HIGH", **others: dict[str, Any]) -> dict[str, Any]:
    filters: list[dict[str, Any]] = [
        {"Type": harm, "InputStrength": strength, "OutputStrength": strength, **others.get(harm, {})}
        for harm in HARMS
    ]
    return {"ContentPolicyConfig": {"FiltersConfig": filters}}


def _kinds(**actions: dict[str, Any]) -> dict[str, Any]:
    entities: list[dict[str, Any]] = [{"Type": kind, **action} for kind, action in actions.items()]
    return {"SensitiveInformationPolicyConfig": {"PiiEntitiesConfig": entities}}


_BLOCKED = {"Action": "BLOCK"}
_MASKED = {"Action": "ANONYMIZE"}
_MEDIUM = {"InputStrength": "MEDIUM", "OutputStrength": "MEDIUM"}


@pytest.mark.parametrize(
    ("properties", "field"),
    [
        (_harms(VIOLENCE={"OutputStrength": "MEDIUM"}), "ContentPolicyConfig.FiltersConfig.4.OutputStrength"),
        (_harms(INSULTS=_MEDIUM, HATE=_MEDIUM), "ContentPolicyConfig.FiltersConfig.0.InputStrength"),
        (
            _kinds(AWS_ACCESS_KEY=_BLOCKED, AWS_SECRET_KEY=_BLOCKED, PASSWORD=_MASKED),
            "SensitiveInformationPolicyConfig.PiiEntitiesConfig.2.Action",
        ),
        (
            _kinds(PIN=_BLOCKED, AWS_SECRET_KEY=_BLOCKED, PASSWORD=_BLOCKED | {"InputAction": "ANONYMIZE"}),
            "SensitiveInformationPolicyConfig.PiiEntitiesConfig.2.InputAction",
        ),
    ],
)
def test_one_alone_that_is_weaker_is_found(
    ask: Callable[..., Answer], properties: dict[str, Any], field: str
) -> None:
    answer = ask(RULE, properties)
    assert isinstance(answer, NonCompliant)
    assert answer.property == field


@pytest.mark.parametrize(
    "properties",
    [
        _harms(),
        _harms("MEDIUM"),
        _harms("MEDIUM", HATE={"InputStrength": "HIGH"}),
        _harms(HATE=_MEDIUM, VIOLENCE=_MEDIUM),
        _harms(INSULTS=_MEDIUM),
        _kinds(AWS_ACCESS_KEY=_BLOCKED, AWS_SECRET_KEY=_BLOCKED, PASSWORD=_BLOCKED, EMAIL=_MASKED),
    ],
)
def test_a_choice_for_all_or_several_is_sound(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Compliant)


@pytest.mark.parametrize(
    "properties",
    [
        {},
        _kinds(EMAIL=_MASKED),
        _kinds(AWS_ACCESS_KEY=_MASKED, AWS_SECRET_KEY=_MASKED, PIN=_MASKED, PASSWORD=_BLOCKED),
        {"ContentPolicyConfig": {"Ref": "Given"}},
        {"SensitiveInformationPolicyConfig": {"PiiEntitiesConfig": [{"Ref": "Given"}]}},
    ],
)
def test_without_siblings_it_says_nothing(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), NotApplicable)


def test_a_strength_that_is_given_at_deployment_is_no_outlier(ask: Callable[..., Answer]) -> None:
    answer = ask(RULE, _harms(HATE={"InputStrength": {"Ref": "Given"}}))
    assert isinstance(answer, Compliant)
