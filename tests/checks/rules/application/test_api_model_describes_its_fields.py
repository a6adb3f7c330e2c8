"""Api model describes its fields."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-ApiModelDescribesItsFields"


def schema(body: object) -> dict[str, Any]:
    """A model of a request."""
    return {"properties": {"ContentType": "application/json", "Schema": body}}


@pytest.mark.parametrize(
    "case",
    [
        schema({"type": "object", "properties": {"text": {"type": "string"}, "kind": {"enum": ["a"]}}}),
        schema({"type": "array", "items": {"$ref": "other"}}),
        schema({"type": "string"}),
        schema('{"type": "object", "properties": {"a": {"type": "string"}}}'),
    ],
)
def test_what_is_sound_is_left_alone(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Compliant | NotApplicable)


@pytest.mark.parametrize(
    "case",
    [
        schema({"type": "object"}),
        schema({}),
        schema({"properties": {"text": {"maxLength": 5}}}),
        schema({"properties": {"inner": {"type": "object", "properties": {"text": {}}}}}),
    ],
)
def test_what_breaks_the_promise_is_found(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NonCompliant)


@pytest.mark.parametrize("case", [schema({"Ref": "Given"}), schema("no JSON")])
def test_what_only_a_deployment_knows_is_unknown(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Unknown)
