"""An edit changes a copy that shares everything else."""

from collections.abc import Mapping
from typing import Any

import pytest

from genai_defense.mutation.edit import Edit, edited

_TEMPLATES: Mapping[str, Mapping[str, Any]] = {
    "a": {"Resources": {"One": {"Properties": {"List": [1, {"Two": 2}]}}, "Other": {"Properties": {}}}},
    "b": {"Resources": {}},
}


def _properties(templates: Mapping[str, Mapping[str, Any]]) -> Any:
    return templates["a"]["Resources"]["One"]["Properties"]


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (Edit(template="a", path=("Resources", "One", "Properties", "List", 0)), {"List": [{"Two": 2}]}),
        (
            Edit(template="a", path=("Resources", "One", "Properties", "List", 1, "Two"), value=3),
            {"List": [1, {"Two": 3}]},
        ),
        (
            Edit(template="a", path=("Resources", "One", "Properties", "New", "Deep"), value=True),
            {"List": [1, {"Two": 2}], "New": {"Deep": True}},
        ),
        (
            Edit(template="a", path=("Resources", "One", "Properties", "List", 2), value="more"),
            {"List": [1, {"Two": 2}, "more"]},
        ),
    ],
)
def test_a_value_is_put_taken_out_or_made(edit: Edit, expected: dict[str, Any]) -> None:
    before = _properties(_TEMPLATES).copy()
    assert _properties(edited(_TEMPLATES, [edit])) == expected
    assert _properties(_TEMPLATES) == before


def test_what_no_edit_touches_is_shared() -> None:
    edit = Edit(template="a", path=("Resources", "One", "Properties", "List"), value=[])
    after = edited(_TEMPLATES, [edit])
    assert after["b"] is _TEMPLATES["b"]
    assert after["a"]["Resources"]["Other"] is _TEMPLATES["a"]["Resources"]["Other"]


def test_a_way_through_a_text_is_refused() -> None:
    edit = Edit(template="a", path=("Resources", "One", "Properties", "List", 0, "Deep"), value=1)
    with pytest.raises(TypeError, match="leads into int"):
        edited(_TEMPLATES, [edit])
