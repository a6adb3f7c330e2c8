"""The schema of a request is an object with fields that must be there, and takes no others."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-ApiModelIsClosed"
CLOSED: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["message"],
    "properties": {"message": {"type": "string"}},
}


def without(name: str) -> dict[str, Any]:
    return {"Schema": {key: value for key, value in CLOSED.items() if key != name}}


def test_a_closed_schema_is_compliant(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, {"Schema": CLOSED}), Compliant)


@pytest.mark.parametrize("name", ["type", "additionalProperties", "required"])
def test_each_part_is_missed(ask: Callable[..., Answer], name: str) -> None:
    answer = ask(RULE, without(name))
    assert isinstance(answer, NonCompliant)
    assert answer.property == f"Schema.{name}"


def test_an_open_object_inside_is_found(ask: Callable[..., Answer]) -> None:
    inner = {**CLOSED, "additionalProperties": True}
    answer = ask(RULE, {"Schema": {**CLOSED, "properties": {"message": inner}}})
    assert isinstance(answer, NonCompliant)
    assert answer.property == "Schema.properties.message.additionalProperties"


@pytest.mark.parametrize(
    "schema",
    [
        {**CLOSED, "additionalProperties": {"type": "string", "maxLength": 10}},
        {**CLOSED, "additionalProperties": "false"},
        {"properties": {"message": {"type": "string"}}, "oneOf": [{"required": ["message"]}]},
    ],
)
def test_whoever_says_what_else_there_is_has_closed_it(
    ask: Callable[..., Answer], schema: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, {"Schema": schema}), Compliant)


def test_the_schema_of_an_answer_is_left_alone(ask: Callable[..., Answer]) -> None:
    answers = [{"StatusCode": "200", "ResponseModels": {"application/json": {"Ref": "Subject"}}}]
    method = {"Type": "AWS::ApiGateway::Method", "Properties": {"MethodResponses": answers}}
    assert isinstance(ask(RULE, without("required"), others={"Method": method}), NotApplicable)


def test_a_list_has_no_fields_to_close(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, {"Schema": {"type": "array", "items": {"type": "string"}}}), NotApplicable)


@pytest.mark.parametrize("schema", [{"Ref": "Given"}, {**CLOSED, "additionalProperties": {"Ref": "Given"}}])
def test_a_token_is_unknown(ask: Callable[..., Answer], schema: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, {"Schema": schema}), Unknown)
