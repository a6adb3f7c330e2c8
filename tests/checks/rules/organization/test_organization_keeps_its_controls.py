"""A control that an account may end is found, where its organization protects the others."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.organization_families import OF_CONTROLS
from tests.checks.rules.organization.governed import organization

RULE = "OwaspLlm-OrganizationKeepsItsControls"
Ask = Callable[..., Answer]


def asked(ask: Ask, controls: list[dict[str, Any]]) -> Answer:
    policies = organization()
    policies["Controls"]["Properties"]["Content"]["Statement"] = controls
    own = policies.pop("Subject")
    return ask(RULE, own["Properties"], others=policies)


def sound() -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = organization()["Controls"]["Properties"]["Content"]["Statement"]
    return listed


def test_whoever_protects_every_control_is_compliant(ask: Ask) -> None:
    assert isinstance(asked(ask, sound()), Compliant)


def test_patterns_protect_too(ask: Ask) -> None:
    services = sorted({f"{action.split(':')[0]}:*" for actions in OF_CONTROLS.values() for action in actions})
    assert isinstance(asked(ask, [{"Effect": "Deny", "Action": services, "Resource": "*"}]), Compliant)


@pytest.mark.parametrize(
    ("number", "action"),
    [(number, action) for number, actions in enumerate(OF_CONTROLS.values()) for action in actions],
)
def test_each_action_is_missed(ask: Ask, number: int, action: str) -> None:
    controls = sound()
    controls[number]["Action"].remove(action)
    answer = asked(ask, controls)
    assert isinstance(answer, NonCompliant)
    assert action in answer.message


def test_a_whole_family_is_missed(ask: Ask) -> None:
    assert isinstance(asked(ask, sound()[1:]), NonCompliant)


def test_policies_that_protect_few_are_about_something_else(ask: Ask) -> None:
    assert isinstance(asked(ask, sound()[:4]), NotApplicable)


def test_a_policy_that_is_not_spelt_out_is_unknown(ask: Ask) -> None:
    policies = organization()
    policies["Perimeter"]["Properties"]["Content"] = {"Ref": "Given"}
    policies["Controls"]["Properties"]["Content"]["Statement"] = sound()[1:]
    own = policies.pop("Subject")
    assert isinstance(ask(RULE, own["Properties"], others=policies), Unknown)
