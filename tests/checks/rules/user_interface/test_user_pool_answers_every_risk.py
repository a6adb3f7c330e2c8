"""No level of risk, and no known password, is let in."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-UserPoolAnswersEveryRisk"
TAKEOVER, PASSWORDS = "AccountTakeoverRiskConfiguration", "CompromisedCredentialsRiskConfiguration"


def risks(low: object = "MFA_IF_CONFIGURED", medium: object = "MFA_REQUIRED") -> dict[str, Any]:
    actions = {"LowAction": low, "MediumAction": medium, "HighAction": "BLOCK"}
    return {
        TAKEOVER: {"Actions": {name: {"EventAction": action} for name, action in actions.items()}},
        PASSWORDS: {"Actions": {"EventAction": "BLOCK"}},
    }


@pytest.mark.parametrize("properties", [risks(), risks(low="BLOCK", medium="BLOCK")])
def test_answers_to_every_risk_are_compliant(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Compliant)


@pytest.mark.parametrize(
    ("properties", "where"),
    [
        (risks(low="NO_ACTION"), f"{TAKEOVER}.Actions.LowAction.EventAction"),
        (risks(medium="NO_ACTION"), f"{TAKEOVER}.Actions.MediumAction.EventAction"),
        ({TAKEOVER: risks()[TAKEOVER]}, PASSWORDS),
        ({PASSWORDS: risks()[PASSWORDS]}, TAKEOVER),
    ],
)
def test_what_is_let_in_is_named(ask: Callable[..., Answer], properties: dict[str, Any], where: str) -> None:
    answer = ask(RULE, properties)
    assert isinstance(answer, NonCompliant)
    assert answer.property == where


@pytest.mark.parametrize("properties", [{TAKEOVER: {"Ref": "Given"}}, risks(low={"Ref": "Given"})])
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Unknown)
