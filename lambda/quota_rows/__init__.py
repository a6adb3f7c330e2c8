"""How rows of the quota table are named, and when a day ends: for what counts and for what shows."""

from __future__ import annotations

from datetime import datetime, timedelta


def quota_key(user_id: str, now: datetime) -> dict[str, str]:
    """Key of the row of one user and UTC day; it holds ``requests`` and ``tokens``."""
    return {"pk": f"user#{user_id}", "sk": f"day#{now:%Y-%m-%d}"}


def next_midnight(now: datetime) -> datetime:
    """When the quota starts anew, UTC."""
    return (now + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
