"""The way of one request: identity, body, quota, screening, model, screening, audit. Every error is a no."""

from __future__ import annotations

import secrets
import time
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime
from string import ascii_lowercase
from typing import TYPE_CHECKING, Any

from guardrail import responses
from guardrail.audit import Audit, AuditRecord, AuditUnavailableError
from guardrail.chat_client import ChatAnswer, ChatClient, ChatUnavailableError
from guardrail.quota import (
    Left,
    Quota,
    QuotaExceededError,
    QuotaUnavailableError,
    Reservation,
    estimate_tokens,
    seconds_to_midnight,
)
from guardrail.request import ChatRequest, IdentityError, InvalidRequestError, chat_request_of, user_id_of
from guardrail.responses import Reply
from guardrail_engine import Direction, Engine, Reason, Screening

if TYPE_CHECKING:
    from collections.abc import Callable

    from guardrail.metrics import Recorder


def new_canary() -> str:
    """A marker that nobody can guess, for one request (16 letters, 75 bits).

    Letters only: a run of digits looks like a telephone number to the managed guardrail, which would mask it
    in a leaked prompt, and the leak would pass unseen.
    """
    return f"canary-{''.join(secrets.choice(ascii_lowercase) for _ in range(16))}"


def _utc_now() -> datetime:
    return datetime.now(UTC)


class FailedClosedError(Exception):
    """Something that must work did not; the text is the reason id of the audit record."""


class _RefusedError(Exception):
    """Screening said no; the text is the reason id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guardrail:
    """The decision flow with everything that it depends on.

    Args:
        engine: Screens texts.
        quota: Reserves and settles.
        chat: Asks the model.
        audit: Writes the records.
        recorder: Counts.
        max_output_tokens: Reserved for each answer.
        now: Clock, UTC.
        canary: Makes the marker of a request.
    """

    engine: Engine
    quota: Quota
    chat: ChatClient
    audit: Audit
    recorder: Recorder
    max_output_tokens: int
    now: Callable[[], datetime] = field(default=_utc_now)
    canary: Callable[[], str] = field(default=new_canary)

    def handle(self, event: object, request_id: str) -> Reply:
        """Decide one request.

        Args:
            event: API Gateway's proxy event.
            request_id: Goes into the audit record.

        Returns:
            The reply, after its audit record was written; ``unavailable`` when that failed.
        """
        started = time.monotonic()
        record = AuditRecord(request_id=request_id, time=self.now())
        reply = self._decide(event, record)
        record.outcome = reply.outcome
        record.duration_ms = int((time.monotonic() - started) * 1000)
        try:
            self.audit.write(record)
        except AuditUnavailableError:
            reply = responses.unavailable()
        self.recorder.outcome(reply.outcome)
        return reply

    def _decide(self, event: object, record: AuditRecord) -> Reply:
        try:
            record.user_id = user_id_of(event)
            request = chat_request_of(event)
            return self._admitted(request, record.user_id, record)
        except _RefusedError as refusal:
            record.reason = str(refusal)
            return responses.refused(record.reason)
        except QuotaExceededError:
            return responses.quota_exceeded(seconds_to_midnight(record.time))
        except InvalidRequestError as error:
            return responses.invalid(str(error))
        except (IdentityError, QuotaUnavailableError, ChatUnavailableError, FailedClosedError) as error:
            record.reason = _failure_id(error)
            return responses.unavailable()

    def _admitted(self, request: ChatRequest, user_id: str, record: AuditRecord) -> Reply:
        record.conversation_id = request.conversation_id or str(uuid.uuid4())
        record.note_text("message", request.message)
        reserved = estimate_tokens(request.message) + self.max_output_tokens
        reservation = self.quota.reserve(user_id, reserved, record.time)
        screened = self.engine.screen(request.message, direction=Direction.REQUEST)
        if screened.blocked:
            self._settle(reservation, 0)
        self._heed(screened, record)
        canary = self.canary()
        answer = self.chat.ask(
            {
                "request_id": record.request_id,
                "user_id": user_id,
                "conversation_id": record.conversation_id,
                "message": screened.text,
                "canary": canary,
            }
        )
        left = self._account(answer, reservation, record)
        text = self._screened_answer(answer, canary, record)
        usage = {"requests_left": left.requests, "tokens_left": left.tokens}
        return Reply("answered", {"conversation_id": record.conversation_id, "answer": text, "usage": usage})

    def _account(self, answer: ChatAnswer, reservation: Reservation, record: AuditRecord) -> Left:
        record.note_text("answer", answer.answer)
        record.usage = {"input_tokens": answer.input_tokens, "output_tokens": answer.output_tokens}
        self.recorder.tokens(answer.tokens)
        return self._settle(reservation, answer.tokens)

    def _screened_answer(self, answer: ChatAnswer, canary: str, record: AuditRecord) -> str:
        if answer.guardrail_intervened:
            self.recorder.blocked(["LLM01"])
            raise _RefusedError("MODEL_GUARDRAIL")
        screened = self.engine.screen(answer.answer, direction=Direction.RESPONSE, canary=canary)
        self._heed(screened, record)
        return screened.text

    def _heed(self, screened: Screening, record: AuditRecord) -> None:
        record.note_screening(screened.findings, screened.redactions)
        if not screened.blocked:
            return
        if screened.reason is None or screened.reason is Reason.DETECTOR_FAILED:
            raise FailedClosedError("DETECTOR_FAILED")
        self.recorder.blocked(screened.risks)
        raise _RefusedError(screened.reason.value)

    def _settle(self, reservation: Reservation, spent: int) -> Left:
        try:
            return self.quota.settle(reservation, spent)
        except QuotaUnavailableError:
            # The reservation stays spent: an error never gives more than was paid for.
            return reservation.left


def _failure_id(error: Exception) -> str:
    ids: dict[type[Any], str] = {
        IdentityError: "IDENTITY_MISSING",
        QuotaUnavailableError: "QUOTA_UNAVAILABLE",
        ChatUnavailableError: "CHAT_UNAVAILABLE",
    }
    return ids.get(type(error), str(error))
