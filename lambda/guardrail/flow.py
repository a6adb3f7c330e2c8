"""The way of one request: identity, body, quota, screening, model, screening, audit. Every error is a no."""

from __future__ import annotations

import functools
import secrets
import time
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime
from string import ascii_lowercase
from typing import TYPE_CHECKING, Any, ClassVar

from function_environment.limits import reserved_tokens, text_bytes
from guardrail import responses
from guardrail.address import SeenBy, address_of
from guardrail.admitted import Admitted
from guardrail.audit import Audit, AuditRecord, AuditUnavailableError
from guardrail.events import SecurityEvents, Seen
from guardrail.kill_switch import KillSwitch, StoppedError
from guardrail.outcome import KILL_SWITCH, MODEL_GUARDRAIL, UNEXPECTED, FailedClosedError, Outcome
from guardrail.quota import (
    Left,
    Quota,
    QuotaExceededError,
    QuotaUnavailableError,
    Reservation,
    seconds_to_midnight,
)
from guardrail.relay import Relay
from guardrail.request import ChatRequest, InvalidRequestError, api_request_id_of, caller_of, chat_request_of
from guardrail.responses import Reply
from guardrail.segments import Segments
from guardrail.shown import Shown
from guardrail.sources import shown_sources
from guardrail.standing import HeldError, UserStanding
from guardrail_engine import Direction, Engine, Reason, Screening

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from caller_identity import Caller
    from guardrail.chat_answer import ChatAnswer
    from guardrail.chat_client import ChatClient
    from guardrail.recorder import Recorder
    from streaming_runtime import Write


def new_canary() -> str:
    """A marker that nobody can guess, for one request (16 letters, 75 bits).

    Letters only: a run of digits looks like a telephone number to the managed guardrail, which would mask it
    in a leaked prompt, and the leak would pass unseen.
    """
    return f"canary-{''.join(secrets.choice(ascii_lowercase) for _ in range(16))}"


def _utc_now() -> datetime:
    return datetime.now(UTC)


class DetectorFailedError(FailedClosedError):
    """The engine could not judge a text."""

    reason: ClassVar[str] = "DETECTOR_FAILED"


class _RefusedError(Exception):
    """Screening said no, and why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Guardrail:
    """The decision flow with everything that it depends on.

    Args:
        kill_switch: Says whether anything may be answered at all.
        engine: Screens texts.
        quota: Reserves and settles.
        chat: Asks the model.
        audit: Writes the records.
        standing: Says how a user stands.
        events: Tells the responder.
        recorder: Counts.
        max_output_tokens: Reserved for each answer.
        seen_by: Who sees a client's address.
        now: Clock, UTC.
        canary: Makes the marker of a request.
    """

    kill_switch: KillSwitch
    engine: Engine
    quota: Quota
    chat: ChatClient
    audit: Audit
    standing: UserStanding
    events: SecurityEvents
    recorder: Recorder
    max_output_tokens: int
    seen_by: SeenBy = SeenBy.API
    now: Callable[[], datetime] = field(default=_utc_now)
    canary: Callable[[], str] = field(default=new_canary)

    def handle(self, event: object, request_id: str) -> Reply:
        """Decide one request and answer it whole.

        Args:
            event: API Gateway's proxy event.
            request_id: Lambda's id of the invocation; names the audit record.

        Returns:
            The reply, after its audit record was written; ``unavailable`` when that failed.
        """
        return self._conclude(event, request_id, self._answer)

    def stream(self, event: object, request_id: str, write: Write) -> Outcome:
        """Decide one request and answer it in screened segments.

        Nothing is shown before a record says that something will be, and the last line comes after the
        record of the outcome.

        Args:
            event: API Gateway's proxy event.
            request_id: As above.
            write: Sends a piece of the response.

        Returns:
            How it ended.
        """
        shown = Shown(write, request_id)
        reply = self._conclude(event, request_id, functools.partial(self._stream_answer, shown))
        shown.end(reply)
        return reply.outcome

    def _conclude(
        self, event: object, request_id: str, answer: Callable[[Admitted, AuditRecord], Reply]
    ) -> Reply:
        started = time.monotonic()
        record = AuditRecord(request_id=request_id, time=self.now(), api_request_id=api_request_id_of(event))
        try:
            reply = self._decide(event, record, answer)
        except Exception as error:  # noqa: BLE001 - fail closed: whatever broke, there is a record of it
            record.reason = error.reason if isinstance(error, FailedClosedError) else UNEXPECTED
            self.recorder.failed(record.reason, error)
            reply = responses.unavailable()
        record.outcome = reply.outcome
        record.duration_ms = int((time.monotonic() - started) * 1000)
        try:
            self.audit.write(record)
        except AuditUnavailableError as error:
            self.recorder.failed(error.reason, error)
            reply = responses.unavailable()
        self.recorder.outcome(reply.outcome)
        self.events.tell(record, record.seen)
        return reply

    def _decide(
        self, event: object, record: AuditRecord, answer: Callable[[Admitted, AuditRecord], Reply]
    ) -> Reply:
        warned = False
        try:
            self.kill_switch.check()
            caller = caller_of(event)
            record.user_id = caller.user_id
            record.seen = Seen(tenant=caller.tenant, address=address_of(event, self.seen_by))
            warned = self.standing.check(caller.user_id, record.time)
            return answer(self._admit(chat_request_of(event), caller, record), record)
        except _RefusedError as refusal:
            record.reason = refusal.reason
            return responses.refused(refusal.reason, warned=warned)
        except HeldError as held:
            record.reason = held.reason
            return responses.held(held.retry_after)
        except StoppedError:
            record.reason = KILL_SWITCH
            self.recorder.stopped()
            return responses.stopped()
        except QuotaExceededError:
            return responses.quota_exceeded(seconds_to_midnight(record.time))
        except InvalidRequestError as error:
            return responses.invalid(str(error))

    def _admit(self, request: ChatRequest, caller: Caller, record: AuditRecord) -> Admitted:
        conversation_id = request.conversation_id or str(uuid.uuid4())
        record.conversation_id = conversation_id
        record.note_text("message", request.message)
        reserved = reserved_tokens(text_bytes(request.message), self.max_output_tokens)
        reservation = self.quota.reserve(caller.user_id, reserved, record.time)
        screened = self.engine.screen(request.message, direction=Direction.REQUEST)
        if screened.blocked or screened.blank:
            self._settle(reservation, 0)
        self._heed(screened, record)
        if screened.blank:
            raise InvalidRequestError("'message' holds nothing that can be seen. Write a question.")
        canary = self.canary()
        payload = {
            "request_id": record.request_id,
            "user_id": caller.user_id,
            "roles": list(caller.roles),
            "tenant": caller.tenant,
            "conversation_id": conversation_id,
            "message": screened.text,
            "canary": canary,
        }
        return Admitted(
            payload=payload, canary=canary, conversation_id=conversation_id, reservation=reservation
        )

    def _answer(self, admitted: Admitted, record: AuditRecord) -> Reply:
        answer = self.chat.ask(admitted.payload)
        left = self._account(answer, admitted.reservation, record)
        self._heed_guardrail(answer, record)
        screened = self.engine.screen(answer.answer, direction=Direction.RESPONSE, canary=admitted.canary)
        self._heed(screened, record)
        # The switch may have been thrown while the model wrote.
        self.kill_switch.check()
        fields = {"conversation_id": admitted.conversation_id, "answer": screened.text + answer.notices}
        return Reply(Outcome.ANSWERED, fields | self._beside(answer, left, admitted.canary))

    def _stream_answer(self, shown: Shown, admitted: Admitted, record: AuditRecord) -> Reply:
        relay = Relay(
            segments=Segments(self.engine, admitted.canary),
            shown=shown,
            conversation_id=admitted.conversation_id,
            may_show=self.kill_switch.check,
            open_record=functools.partial(self.audit.open, record),
        )
        try:
            # Read to its end even when it is refused in the middle: what was written is paid for.
            answer = self.chat.stream(admitted.payload, relay.add)
            left = self._account(answer, admitted.reservation, record)
            self._heed_guardrail(answer, record)
            self._heed(relay.finish(answer.notices), record)
        finally:
            record.shown_chars = shown.chars
        return Reply(Outcome.ANSWERED, self._beside(answer, left, admitted.canary))

    def _beside(self, answer: ChatAnswer, left: Left, canary: str) -> dict[str, Any]:
        return {
            "remaining": {"requests": left.requests, "tokens": left.tokens},
            "sources": shown_sources(answer.sources, self.engine, canary),
        }

    def _account(self, answer: ChatAnswer, reservation: Reservation, record: AuditRecord) -> Left:
        record.note_text("answer", answer.answer)
        record.usage = {"input_tokens": answer.input_tokens, "output_tokens": answer.output_tokens}
        self.recorder.tokens(answer.tokens)
        record.withheld = answer.withheld
        if answer.tools_refused:
            self.recorder.blocked(["LLM06"])
        record.seen.tools_refused = answer.tools_refused
        if answer.grounding_failed:
            self.recorder.ungrounded()
        record.seen.grounding_failed = answer.grounding_failed
        if answer.withheld:
            self.recorder.blocked(["LLM01"])
        return self._settle(reservation, answer.tokens)

    def _heed_guardrail(self, answer: ChatAnswer, record: AuditRecord) -> None:
        if answer.guardrail_intervened:
            self._blocked(["LLM01"], record)
            raise _RefusedError(MODEL_GUARDRAIL)

    def _heed(self, screened: Screening, record: AuditRecord) -> None:
        record.note_screening(screened.findings, screened.redactions)
        if not screened.blocked:
            return
        if screened.reason is None or screened.reason is Reason.DETECTOR_FAILED:
            raise DetectorFailedError
        self._blocked(screened.risks, record)
        raise _RefusedError(screened.reason.value)

    def _blocked(self, risks: Iterable[str], record: AuditRecord) -> None:
        record.seen.risks = sorted(risks)
        self.recorder.blocked(record.seen.risks)

    def _settle(self, reservation: Reservation, spent: int) -> Left:
        try:
            return self.quota.settle(reservation, spent)
        except QuotaUnavailableError:
            # The reservation stays spent: an error never gives more than was paid for.
            return reservation.left
