"""A policy store compares policies with its schema, or the rule speaks up."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-PolicyStoreValidatesStrictly"


@pytest.mark.parametrize(
    "properties", [{"ValidationSettings": {"Mode": "STRICT"}, "Schema": {"CedarJson": "{}"}}]
)
def test_a_sound_one_is_compliant(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Compliant)


@pytest.mark.parametrize(
    "properties", [{}, {"ValidationSettings": {"Mode": "OFF"}}, {"ValidationSettings": {"Mode": "STRICT"}}]
)
def test_anything_less_is_not(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), NonCompliant)


@pytest.mark.parametrize(
    "properties",
    [{"ValidationSettings": {"Mode": {"Ref": "Given"}}}, {"ValidationSettings": {"Ref": "Given"}}],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Unknown)
