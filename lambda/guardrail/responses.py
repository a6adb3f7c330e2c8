"""What the user gets: status, security headers, and a text that says what to do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from api_reply import proxy_response
from guardrail.outcome import KILL_SWITCH, MODEL_GUARDRAIL, SLOWED, Outcome
from guardrail_engine import Reason
from standing_rows import BLOCKED_MESSAGE, USER_BLOCKED

if TYPE_CHECKING:
    from collections.abc import Mapping

STATUS: Final[Mapping[Outcome, int]] = {
    Outcome.ANSWERED: 200,
    Outcome.REFUSED: 422,
    Outcome.BLOCKED: 403,
    Outcome.QUOTA_EXCEEDED: 429,
    Outcome.UNAVAILABLE: 503,
    Outcome.INVALID: 400,
}

REASONS: Final[Mapping[str, str]] = {
    Reason.PROMPT_INJECTION: "The message tries to give the assistant new rules or to read its hidden ones. "
    "Ask your question without instructions about the assistant itself.",
    Reason.SECRET_IN_REQUEST: "The message holds a password, key or token. Remove it, replace it where it is "
    "used since it has left your hands, and send the message again.",
    Reason.HIDDEN_UNICODE: "The text holds characters that cannot be seen and spell something. "
    "Type it anew or paste it as plain text.",
    Reason.MALFORMED_TEXT: "The text is no readable text (broken characters or too many layers of encoding). "
    "Type it anew in plain text.",
    Reason.CANARY_LEAK: "The answer would have shown internal instructions. Ask something else.",
    Reason.PII_LEAK: "The answer would have shown personal data. Ask without asking for personal data.",
    Reason.UNSAFE_LINK: "The answer held links that could not be made safe. Ask for an answer without links.",
    Reason.SECRET_LEAK: "The answer would have shown a password, key or token. Ask something else.",
    MODEL_GUARDRAIL: "The message or its answer is about something that this assistant does not do. "
    "Ask something else.",
}
"""Human text of each reason id; a reason without one is no refusal but a failure."""

RETRY_AFTER: Final = 60
"""When to try again after a failure, seconds: what the text says."""
_UNAVAILABLE: Final = (
    "The chatbot cannot answer safely right now. Try again in a minute; "
    "if it lasts, tell its operators the request_id."
)
_STOPPED: Final = "The chatbot has been stopped by its operators. Try again later."
_SLOWED: Final = (
    "Your access to the chatbot is slowed down after repeated attempts to misuse it. "
    "The Retry-After header says in how many seconds you may ask again."
)
_WARNING: Final = " More attempts like this one end your access."
_QUOTA: Final = (
    "Today's quota is used up. It starts anew at midnight UTC; "
    "the Retry-After header says in how many seconds."
)


@dataclass(frozen=True, slots=True)
class Reply:
    """A response before it becomes JSON.

    Args:
        outcome: How the request ended.
        fields: The rest of the body.
        headers: Headers beside those of every answer.
    """

    outcome: Outcome
    fields: Mapping[str, Any]
    headers: Mapping[str, str] = field(default_factory=dict[str, str])

    def as_proxy_response(self, request_id: str) -> dict[str, Any]:
        """The response in API Gateway's proxy format."""
        body = {"outcome": self.outcome, **self.fields, "request_id": request_id}
        return proxy_response(STATUS[self.outcome], body, self.headers)


def refused(reason: str, *, warned: bool = False) -> Reply:
    """Screening said no; with a warning for a user who has been told before."""
    message = REASONS[reason] + (_WARNING if warned else "")
    return Reply(Outcome.REFUSED, {"reason": reason, "message": message})


def held(retry_after: int) -> Reply:
    """A user whom the responder has slowed down asks too soon; 0 seconds: their access has been ended."""
    if not retry_after:
        return Reply(Outcome.BLOCKED, {"reason": USER_BLOCKED, "message": BLOCKED_MESSAGE})
    fields = {"reason": SLOWED, "message": _SLOWED}
    return Reply(Outcome.QUOTA_EXCEEDED, fields, {"Retry-After": str(retry_after)})


def quota_exceeded(retry_after: int) -> Reply:
    """Nothing left today; ``retry_after`` in seconds."""
    return Reply(Outcome.QUOTA_EXCEEDED, {"message": _QUOTA}, {"Retry-After": str(retry_after)})


def unavailable() -> Reply:
    """Something broke, so nothing is released."""
    return Reply(Outcome.UNAVAILABLE, {"message": _UNAVAILABLE}, {"Retry-After": str(RETRY_AFTER)})


def stopped() -> Reply:
    """Operators have stopped the chatbot."""
    return Reply(Outcome.UNAVAILABLE, {"reason": KILL_SWITCH, "message": _STOPPED})


def invalid(message: str) -> Reply:
    """The body breaks the schema."""
    return Reply(Outcome.INVALID, {"message": message})
