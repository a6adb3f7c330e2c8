"""Which call does what. Nothing here invokes the model, or could."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from caller_identity import caller_of
from conversations.request import InvalidRequestError, before_of, call_of, conversation_of, feedback_of
from conversations.store import UnfinishedError
from standing_rows import BLOCKED_BODY, BlockedUserError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from conversations.reviews import Reviews
    from conversations.store import OwnConversations, Page
    from conversations.usage import Usage
    from standing_rows import Gate

HEALTH: Final = "GET /api/health"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a call comes to.

    Args:
        status: HTTP status.
        body: Becomes JSON; None is an empty body.
        rating: What feedback said, for the metric.
    """

    status: int
    body: Mapping[str, Any] | None
    rating: str | None = None


def _utc_now() -> datetime:
    return datetime.now(UTC)


def refusal(status: int, outcome: str, message: str) -> Answer:
    """An answer that says what is wrong."""
    return Answer(status, {"outcome": outcome, "message": message})


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """Everything that a signed-in user may ask of what is kept of them.

    A blocked user may not even delete: what they wrote is evidence until an operator has looked at it.

    Args:
        gate: Keeps blocked users out.
        conversations: Their conversations.
        usage: Their quota.
        reviews: Takes their feedback.
        now: Clock, UTC.
    """

    gate: Gate
    conversations: OwnConversations
    usage: Usage
    reviews: Reviews
    now: Callable[[], datetime] = field(default=_utc_now)

    def answer(self, event: object) -> Answer:
        """Answer one call.

        Raises:
            caller_identity.IdentityError: The event names nobody.
            Exception: A store broke, or nobody knows how the user stands; the handler answers 503.
        """
        calls = {
            "GET /api/usage": self._usage,
            "GET /api/conversations": self._list,
            "GET /api/conversations/{conversation_id}": self._read,
            "DELETE /api/conversations/{conversation_id}": self._delete,
            "DELETE /api/me/data": self._delete_all,
            "POST /api/feedback": self._feedback,
        }
        call = call_of(event)
        if call == HEALTH:
            return Answer(200, {"status": "ok"})
        if call not in calls:
            return refusal(404, "not_found", "There is nothing at this address.")
        user_id = caller_of(event).user_id
        try:
            self.gate.check(user_id, self.now())
            return calls[call](user_id, event)
        except BlockedUserError:
            return Answer(403, BLOCKED_BODY)
        except InvalidRequestError as error:
            return refusal(400, "invalid", str(error))

    def _usage(self, user_id: str, _event: object) -> Answer:
        return Answer(200, self.usage.of(user_id, self.now()))

    def _list(self, user_id: str, event: object) -> Answer:
        page = self.conversations.listed(user_id, self.now(), before_of(event))
        return Answer(200, _paged({"conversations": page.items}, page))

    def _read(self, user_id: str, event: object) -> Answer:
        conversation = conversation_of(event)
        page = self.conversations.turns(user_id, conversation, self.now(), before_of(event))
        if not page.items:
            return _no_conversation()
        return Answer(200, _paged({"conversation_id": conversation, "turns": page.items}, page))

    def _delete(self, user_id: str, event: object) -> Answer:
        try:
            self.conversations.delete(user_id, conversation_of(event))
        except UnfinishedError:
            return refusal(503, "unavailable", "Much of it is deleted, but not all. Delete it again.")
        return Answer(204, None)

    def _delete_all(self, user_id: str, _event: object) -> Answer:
        """Delete every conversation. Quota rows stay, else it would be a way round the quota."""
        try:
            self.conversations.delete_all(user_id)
        except UnfinishedError:
            return Answer(
                202, {"outcome": "unfinished", "message": "Much is deleted. Ask again for the rest."}
            )
        return Answer(204, None)

    def _feedback(self, user_id: str, event: object) -> Answer:
        feedback = feedback_of(event)
        if not self.conversations.exists(user_id, feedback.conversation_id):
            return _no_conversation()
        self.reviews.send(feedback, user_id, self.now())
        return Answer(202, {"outcome": "accepted"}, feedback.rating)


def _paged(body: dict[str, Any], page: Page) -> dict[str, Any]:
    return body | ({"older": page.older} if page.older else {})


def _no_conversation() -> Answer:
    return refusal(404, "not_found", "You have no such conversation; it may have expired.")
