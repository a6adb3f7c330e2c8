"""How rows of the conversation table are named: what writes them and what reads them must agree.

The partition key is the user's id alone. A turn's sort key starts with its conversation's id, which is hex; a
row of the user's list starts with a word that is not, so neither is ever read as the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import datetime

LIST_PREFIX: Final = "list#"
"""What the sort keys of the list of a user's conversations start with."""
TITLE_CHARS: Final = 80
"""Longest title, in characters."""


def list_key(conversation_id: str) -> str:
    """Sort key of the conversation's row in the user's list: ``title``, ``updated_at``, ``expires_at``."""
    return f"{LIST_PREFIX}{conversation_id}"


def turns_prefix(conversation_id: str) -> str:
    """What the sort keys of all turns of a conversation start with."""
    return f"{conversation_id}#"


def turn_key(conversation_id: str, time: datetime, request_id: str) -> str:
    """Sort key of one turn; they sort by time.

    Args:
        conversation_id: Which conversation.
        time: When it was answered, UTC.
        request_id: Which request.
    """
    return f"{turns_prefix(conversation_id)}{time.isoformat(timespec='microseconds')}#{request_id}"


def title_of(message: str) -> str:
    """The start of a message in one line, at most ``TITLE_CHARS`` characters; blank, it is an ellipsis."""
    return " ".join(message.split())[:TITLE_CHARS].strip() or "…"
