"""A function's own address asks who calls."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-FunctionUrlRequiresIam"


@pytest.mark.parametrize(
    ("properties", "kind"),
    [
        ({"AuthType": "AWS_IAM"}, None),
    ],
)
def test_iam_is_compliant(ask: Callable[..., Answer], properties: dict[str, Any], kind: str | None) -> None:
    assert isinstance(ask(RULE, properties, resource_type=kind), Compliant)


@pytest.mark.parametrize(
    ("properties", "kind", "where"),
    [
        ({"AuthType": "NONE"}, None, "AuthType"),
        ({}, None, "AuthType"),
    ],
)
def test_an_open_address_is_not(
    ask: Callable[..., Answer], properties: dict[str, Any], kind: str | None, where: str
) -> None:
    answer = ask(RULE, properties, resource_type=kind)
    assert isinstance(answer, NonCompliant)
    assert answer.property == where


@pytest.mark.parametrize(
    ("properties", "kind"),
    [
        ({"AuthType": {"Ref": "Given"}}, None),
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any], kind: str | None) -> None:
    assert isinstance(ask(RULE, properties, resource_type=kind), Unknown)
