"""JSON inside a template's text is read, or said to be unknown."""

import pytest

from genai_defense.checks.json_text import REFERENCE, UNKNOWN, json_text
from genai_defense.checks.values import Pseudo, Text, Unresolved, Value

REGION = Pseudo("AWS::Region")


@pytest.mark.parametrize("text", ['{"a": 1}', '[{"a": 1}]'])
def test_one_object_or_a_list_of_them_is_read(text: str) -> None:
    assert json_text(text) == [{"a": 1}]


def test_an_opaque_part_inside_a_string_is_replaced() -> None:
    assert json_text(Text(('{"a": "', REGION, '/x"}'))) == [{"a": f"{REFERENCE}/x"}]
    assert json_text(Text(('{"a": "', Unresolved("?"), '"}'))) == [{"a": UNKNOWN}]


@pytest.mark.parametrize("value", [None, 1, REGION, "{", "no", Text(('{"a": ', Unresolved("?"), "}"))])
def test_anything_else_is_unresolved(value: Value) -> None:
    assert isinstance(json_text(value), Unresolved)
