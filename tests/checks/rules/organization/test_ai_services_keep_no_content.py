"""All AI services are opted out, those of tomorrow included."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-AiServicesKeepNoContent"
Ask = Callable[..., Answer]
KIND = "AISERVICES_OPT_OUT_POLICY"


def choice(value: Any) -> dict[str, Any]:
    return {"opt_out_policy": {"@@assign": value}}


OUT = choice("optOut")


def opt_out(**services: Any) -> dict[str, Any]:
    fixed = {"@@operators_allowed_for_child_policies": ["@@none"]}
    return {"Type": KIND, "Content": {"services": {**fixed, **services}}}


@pytest.mark.parametrize(
    "properties",
    [
        opt_out(default=OUT),
        opt_out(default=OUT, rekognition=OUT),
        {"Type": KIND, "Content": json.dumps(opt_out(default=OUT)["Content"])},
    ],
)
def test_a_sound_one_is_compliant(ask: Ask, properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Compliant)


@pytest.mark.parametrize(
    ("properties", "where"),
    [
        (opt_out(), "Content"),
        (opt_out(default=choice("optIn")), "Content.services.default"),
        (opt_out(default=OUT, lex=choice("optIn")), "Content.services.lex"),
        (opt_out(default={}), "Content.services.default"),
    ],
)
def test_a_weak_one_is_not(ask: Ask, properties: dict[str, Any], where: str) -> None:
    answer = ask(RULE, properties)
    assert isinstance(answer, NonCompliant)
    assert answer.property == where


@pytest.mark.parametrize(
    "properties",
    [
        opt_out(default=choice({"Ref": "Given"})),
        {"Type": KIND, "Content": {"Ref": "Given"}},
        {"Type": {"Ref": "Given"}},
    ],
)
def test_a_token_is_unknown(ask: Ask, properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Unknown)


@pytest.mark.parametrize(
    "properties",
    [
        {"Type": "SERVICE_CONTROL_POLICY", "Content": {}},
    ],
)
def test_what_is_about_something_else_is_left_alone(ask: Ask, properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), NotApplicable)
