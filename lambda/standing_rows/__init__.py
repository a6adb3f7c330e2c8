"""How a user stands, as a row: the responder writes it, whatever serves a user's token heeds it."""

from standing_rows.gate import (
    BLOCKED_BODY,
    BLOCKED_MESSAGE,
    USER_BLOCKED,
    BlockedUserError,
    Gate,
    read_standing,
)
from standing_rows.rows import (
    Standing,
    StandingError,
    State,
    item_of,
    standing_key,
    standing_of,
    unless_harder,
)

__all__ = [
    "BLOCKED_BODY",
    "BLOCKED_MESSAGE",
    "USER_BLOCKED",
    "BlockedUserError",
    "Gate",
    "Standing",
    "StandingError",
    "State",
    "item_of",
    "read_standing",
    "standing_key",
    "standing_of",
    "unless_harder",
]
