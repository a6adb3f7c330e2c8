"""What the flow hands on of a request that may be answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guardrail.quota import Reservation


@dataclass(frozen=True, slots=True, kw_only=True)
class Admitted:
    """A request that may be answered.

    Args:
        payload: What the chat function gets.
        canary: Marker of the request.
        conversation_id: Which conversation.
        reservation: What it took from the quota.
    """

    payload: Mapping[str, object]
    canary: str
    conversation_id: str
    reservation: Reservation
