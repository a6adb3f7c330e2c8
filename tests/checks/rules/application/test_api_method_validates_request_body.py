"""A body is compared with a schema before it reaches a function."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-ApiMethodValidatesRequestBody"


def validator(checks_body: object) -> dict[str, Any]:
    return {"Type": "AWS::ApiGateway::RequestValidator", "Properties": {"ValidateRequestBody": checks_body}}


OTHERS: dict[str, Any] = {
    "Strict": validator(checks_body=True),
    "Lax": validator(checks_body=False),
    "Open": validator({"Ref": "Given"}),
    "Message": {"Type": "AWS::ApiGateway::Model", "Properties": {"Schema": {"type": "object"}}},
    "Anything": {"Type": "AWS::ApiGateway::Model", "Properties": {"Schema": {}}},
}
METHOD = {
    "HttpMethod": "POST",
    "RequestValidatorId": {"Ref": "Strict"},
    "RequestModels": {"application/json": {"Ref": "Message"}, "$default": {"Ref": "Message"}},
}


def test_validator_and_schema_are_compliant(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, METHOD, others=OTHERS), Compliant)


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"RequestValidatorId": None}, "RequestValidatorId"),
        ({"RequestValidatorId": {"Ref": "Lax"}}, "RequestValidatorId"),
        ({"RequestModels": None}, "RequestModels"),
        ({"RequestModels": {"application/json": {"Ref": "Message"}}}, "RequestModels"),
        ({"RequestModels": {"application/json": {"Ref": "Anything"}}}, "RequestModels.application/json"),
        ({"HttpMethod": "ANY", "RequestModels": {}}, "RequestModels"),
    ],
)
def test_one_of_them_missing_is_not(ask: Callable[..., Answer], change: dict[str, Any], where: str) -> None:
    answer = ask(RULE, METHOD | change, others=OTHERS)
    assert isinstance(answer, NonCompliant)
    assert answer.property == where


@pytest.mark.parametrize(
    "change",
    [
        {"RequestValidatorId": {"Ref": "Given"}},
        {"RequestValidatorId": {"Ref": "Open"}},
        {"RequestModels": {"Ref": "Given"}},
        {"RequestModels": {"application/json": {"Ref": "Given"}}},
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], change: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, METHOD | change, others=OTHERS), Unknown)


@pytest.mark.parametrize("verb", ["GET", "OPTIONS"])
def test_a_method_without_body_is_not_asked(ask: Callable[..., Answer], verb: str) -> None:
    assert isinstance(ask(RULE, {"HttpMethod": verb}), NotApplicable)
