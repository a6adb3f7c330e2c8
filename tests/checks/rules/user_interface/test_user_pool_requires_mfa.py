"""A user pool asks every user for a second factor, or the rule speaks up."""

from collections.abc import Callable

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-UserPoolRequiresMfa"


def test_required_mfa_is_compliant(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, {"MfaConfiguration": "ON"}), Compliant)


@pytest.mark.parametrize("properties", [{}, {"MfaConfiguration": "OPTIONAL"}, {"MfaConfiguration": "OFF"}])
def test_a_password_alone_is_not(ask: Callable[..., Answer], properties: dict[str, str]) -> None:
    answer = ask(RULE, properties)
    assert isinstance(answer, NonCompliant)
    assert answer.property == "MfaConfiguration"


def test_a_token_is_unknown(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, {"MfaConfiguration": {"Ref": "Given"}}), Unknown)
