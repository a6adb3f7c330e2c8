"""Authorizer forgets soon."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-AuthorizerForgetsSoon"


@pytest.mark.parametrize(
    "case",
    [
        {"properties": {}},
        {"properties": {"AuthorizerResultTtlInSeconds": 0}},
        {"properties": {"AuthorizerResultTtlInSeconds": "300"}},
    ],
)
def test_what_is_sound_is_left_alone(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Compliant | NotApplicable)


@pytest.mark.parametrize(
    "case",
    [
        {"properties": {"AuthorizerResultTtlInSeconds": 301}},
        {"properties": {"AuthorizerResultTtlInSeconds": "3600"}},
    ],
)
def test_what_breaks_the_promise_is_found(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NonCompliant)


@pytest.mark.parametrize("case", [{"properties": {"AuthorizerResultTtlInSeconds": {"Ref": "Given"}}}])
def test_what_only_a_deployment_knows_is_unknown(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Unknown)
