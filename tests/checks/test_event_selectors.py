"""A selector records a kind of event completely, or it does not count."""

from typing import Any

import pytest

from genai_defense.checks.event_selectors import recorded_events
from genai_defense.checks.values import Unresolved, Value


def fields(*listed: Any) -> Value:
    return {"FieldSelectors": list(listed)}


def equals(field: str, *values: Any) -> Value:
    return {"Field": field, "Equals": list(values)}


DATA = equals("eventCategory", "Data")
OPEN = Unresolved("?")


@pytest.mark.parametrize(
    ("selector", "expected"),
    [
        (fields(equals("eventCategory", "Management")), {"Management"}),
        (fields(DATA, equals("resources.type", "A", "B")), {"A", "B"}),
        (fields(DATA), set[str]()),
        (fields(equals("eventCategory", "Management"), equals("readOnly", "false")), set[str]()),
        (fields(equals("eventCategory", "NetworkActivity"), equals("resources.type", "A")), set[str]()),
        (fields(DATA, equals("resources.type", OPEN)), {""}),
        (OPEN, {""}),
        (None, set[str]()),
    ],
)
def test_a_narrowed_or_unresolved_selector_records_no_kind_for_sure(
    selector: Value, expected: set[str]
) -> None:
    assert recorded_events(selector) == expected
