"""Declared is asked for."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-ApiMethodRequiresItsParameters"


def validator(asks: object) -> dict[str, Any]:
    return {"Type": "AWS::ApiGateway::RequestValidator", "Properties": {"ValidateRequestParameters": asks}}


OTHERS: dict[str, Any] = {
    "Strict": validator(asks=True),
    "Lax": validator(asks=False),
    "Open": validator({"Ref": "Given"}),
}
REQUIRED = {"method.request.querystring.tenant": True}


@pytest.mark.parametrize(
    ("properties", "kind"),
    [
        ({"RequestParameters": REQUIRED, "RequestValidatorId": {"Ref": "Strict"}}, None),
    ],
)
def test_a_validator_that_asks_is_compliant(
    ask: Callable[..., Answer], properties: dict[str, Any], kind: str | None
) -> None:
    assert isinstance(ask(RULE, properties, resource_type=kind, others=OTHERS), Compliant)


@pytest.mark.parametrize(
    ("properties", "kind", "where"),
    [
        ({"RequestParameters": REQUIRED}, None, "RequestValidatorId"),
        ({"RequestParameters": REQUIRED, "RequestValidatorId": {"Ref": "Lax"}}, None, "RequestValidatorId"),
    ],
)
def test_parameters_that_nobody_asks_for_are_not(
    ask: Callable[..., Answer], properties: dict[str, Any], kind: str | None, where: str
) -> None:
    answer = ask(RULE, properties, resource_type=kind, others=OTHERS)
    assert isinstance(answer, NonCompliant)
    assert answer.property == where


@pytest.mark.parametrize(
    ("properties", "kind"),
    [
        ({"RequestParameters": {"Ref": "Given"}}, None),
        ({"RequestParameters": REQUIRED, "RequestValidatorId": {"Ref": "Given"}}, None),
        ({"RequestParameters": REQUIRED, "RequestValidatorId": {"Ref": "Open"}}, None),
        (
            {
                "RequestParameters": {"method.request.header.x": {"Ref": "Given"}},
                "RequestValidatorId": {"Ref": "Open"},
            },
            None,
        ),
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any], kind: str | None) -> None:
    assert isinstance(ask(RULE, properties, resource_type=kind, others=OTHERS), Unknown)


@pytest.mark.parametrize(
    ("properties", "kind"),
    [
        ({}, None),
        ({"RequestParameters": {"method.request.querystring.page": False}}, None),
    ],
)
def test_a_method_without_required_parameters_is_not_asked(
    ask: Callable[..., Answer], properties: dict[str, Any], kind: str | None
) -> None:
    assert isinstance(ask(RULE, properties, resource_type=kind, others=OTHERS), NotApplicable)
