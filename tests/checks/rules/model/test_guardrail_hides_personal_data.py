"""What is stopped on its way out is stopped on its way in, unless the guardrail screens answers only."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-GuardrailHidesPersonalData"
LISTS = ("PiiEntitiesConfig", "RegexesConfig")
_MASKED = {"Type": "EMAIL", "Action": "ANONYMIZE"}


def _listed(*entries: object, name: str = LISTS[0]) -> dict[str, Any]:
    return {"SensitiveInformationPolicyConfig": {name: list(entries)}}


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("change", [{"InputAction": "NONE"}, {"InputEnabled": False}])
def test_one_entry_that_is_off_on_input_is_found(
    ask: Callable[..., Answer], name: str, change: dict[str, Any]
) -> None:
    answer = ask(RULE, _listed(_MASKED, {"Type": "PHONE", "Action": "BLOCK"} | change, name=name))
    assert isinstance(answer, NonCompliant)
    assert answer.property == f"SensitiveInformationPolicyConfig.{name}.1.{next(iter(change))}"
    assert isinstance(ask(RULE, _listed(_MASKED | change)), NonCompliant)


@pytest.mark.parametrize(
    "properties",
    [
        _listed(_MASKED),
        _listed(_MASKED | {"InputAction": "BLOCK", "InputEnabled": "true"}),
        _listed(
            _MASKED | {"InputAction": "NONE"}, {"Type": "PHONE", "Action": "BLOCK", "InputEnabled": False}
        ),
    ],
)
def test_both_sides_or_answers_only_are_sound(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Compliant)


@pytest.mark.parametrize(
    "properties",
    [{}, _listed({"Type": "EMAIL", "Action": "NONE"}), _listed({"Type": "PASSWORD", "Action": "NONE"})],
)
def test_what_stops_nothing_on_output_is_another_rules(
    ask: Callable[..., Answer], properties: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, properties), NotApplicable)


def test_a_token_is_unknown(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, _listed(_MASKED | {"InputEnabled": {"Ref": "Given"}})), Unknown)
