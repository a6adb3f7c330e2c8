"""One row a user and day, and a day that ends at midnight UTC."""

from __future__ import annotations

from datetime import UTC, datetime

from quota_rows import next_midnight, quota_key

EVE = datetime(2026, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)


def test_a_row_belongs_to_one_user_and_one_day() -> None:
    assert quota_key("user-1", EVE) == {"pk": "user#user-1", "sk": "day#2026-12-31"}


def test_the_next_day_begins_at_midnight() -> None:
    assert next_midnight(EVE) == datetime(2027, 1, 1, tzinfo=UTC)
    assert next_midnight(datetime(2026, 12, 31, tzinfo=UTC)) == datetime(2027, 1, 1, tzinfo=UTC)
