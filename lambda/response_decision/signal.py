"""A strict reading of the events on the bus: what happened, and against whom it may count."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,128}")
_REASON: Final = re.compile(r"[A-Za-z][A-Za-z0-9_:./-]{0,99}")
_RISK: Final = re.compile(r"LLM(0[1-9]|10)")


class Kind(StrEnum):
    """What happened, by whom it may be held against."""

    ATTACK = "attack"
    """The user's own message was an attack."""
    SUSPICION = "suspicion"
    """Something was stopped that a user may cause without meaning it."""
    LEAK = "leak"
    """An answer was stopped: a document or the model may be to blame, so no user is."""
    HIT = "hit"
    """A web ACL or the sign-in refused an address; nobody is known."""
    COMPROMISE = "compromise"
    """A leaked password of a user was given and refused: people hear of it; the user is not to blame."""
    FINDING = "finding"
    """GuardDuty found something in the account."""


# Reasons that only the user's own message can have. What the managed guardrail says is not among them: it
# judges documents and answers as well, and who poisons a document must not be able to lock out its readers.
OWN_ATTACKS: Final = frozenset({"PROMPT_INJECTION", "HIDDEN_UNICODE"})
# Leaks that prove something. The marker stands nowhere but in the system prompt of this one request. A text
# shaped like a secret is none: anybody gets one by asking for an example of an access key.
PROVEN_LEAKS: Final = frozenset({"CANARY_LEAK"})


class EventError(ValueError):
    """An event that no sender of the bus writes; its text repeats nothing of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """One event.

    Args:
        kind: What it counts as.
        reason: Why something was stopped, or the type of the finding.
        evidence: Id of the request, of the log's batch or of the finding.
        time: When, seconds since 1970.
        owasp: OWASP risks.
        user_id: Whose verified token it was; None when nobody is known.
        address: From where, as CloudFront, WAF or Cognito saw it; None when that is not known.
        hits: How many refusals it stands for.
        tenant: Verified tenant of the user; None when they have none.
    """

    kind: Kind
    reason: str
    evidence: str
    time: int
    owasp: tuple[str, ...] = ()
    user_id: str | None = None
    address: str | None = None
    hits: int = 1
    tenant: str | None = None


def signal_of(event: object) -> Signal:
    """Read an event of the bus.

    Raises:
        EventError: It is none of those that are sent.
    """
    fields = _object(event)
    source, detail = fields.get("source"), _object(fields.get("detail"))
    reader = _READERS.get(str(source))
    if reader is None:
        raise EventError("an event of an unknown source")
    try:
        return reader(fields, detail)
    except (KeyError, TypeError, ValueError) as error:
        raise EventError(f"a malformed event of {source}") from error


def _guardrail(fields: Mapping[str, Any], detail: Mapping[str, Any]) -> Signal:
    kind, reason = str(fields["detail-type"]), _text(detail["reason"], _REASON)
    return Signal(
        kind=_kind(kind, reason),
        reason=reason,
        evidence=_text(detail["request_id"], _ID),
        time=int(datetime.fromisoformat(detail["time"]).timestamp()),
        owasp=tuple(_text(risk, _RISK) for risk in detail["owasp"]),
        user_id=_text(detail["user_id"], _ID),
        address=_address(detail.get("address")),
        tenant=None if detail.get("tenant") is None else _text(detail["tenant"], _ID),
    )


def _kind(detail_type: str, reason: str) -> Kind:
    if detail_type == "Attack Blocked":
        return Kind.ATTACK if reason in OWN_ATTACKS else Kind.SUSPICION
    if detail_type in {"Quota Ended", "Tool Refused"}:
        return Kind.SUSPICION
    if detail_type in {"Leak Stopped", "Text Withheld", "Grounding Failed"}:
        return Kind.LEAK
    raise EventError("an unknown detail type")


def _web_acl(fields: Mapping[str, Any], detail: Mapping[str, Any]) -> Signal:
    hits = detail["hits"]
    if type(hits) is not int or not 1 <= hits <= _MOST_HITS:
        raise EventError("a count of hits that is none")
    return Signal(
        kind=Kind.HIT,
        reason="WEB_ACL_BLOCKED",
        evidence=_text(fields["id"], _ID),
        time=_time(fields),
        owasp=("LLM10",),
        address=_address(detail["address"]),
        hits=hits,
    )


_MOST_HITS: Final = 10_000


def _sign_in(fields: Mapping[str, Any], detail: Mapping[str, Any]) -> Signal:
    # No user: who fails to sign in as somebody must not be able to lock them out.
    return Signal(
        kind=Kind.HIT,
        reason="SIGN_IN_FAILED",
        evidence=_text(fields["id"], _ID),
        time=_time(fields),
        address=_address(detail.get("sourceIPAddress")),
    )


_SIGN_INS: Final = {"HIGH_RISK_SIGN_IN": Kind.SUSPICION, "COMPROMISED_CREDENTIALS": Kind.COMPROMISE}


def _risky_sign_in(_fields: Mapping[str, Any], detail: Mapping[str, Any]) -> Signal:
    risk = _text(detail["risk"], _REASON)
    return Signal(
        kind=_SIGN_INS[risk],
        reason=risk,
        evidence=_text(detail["event_id"], _ID),
        time=int(datetime.fromisoformat(detail["time"]).timestamp()),
        user_id=_text(detail["user_id"], _ID),
    )


_FINDINGS: Final = {
    "Impact:IAMUser/AnomalousModelInvocation": "LLM10",
    "Impact:IAMUser/CostHarvesting": "LLM10",
    "Impact:IAMUser/PromptInjection.Direct": "LLM01",
}
"""Types of GuardDuty's AI Protection with their risk.

Source: https://docs.aws.amazon.com/guardduty/latest/ug/findings-ai-protection.html (read 2026-11-24).
"""


def _guard_duty(fields: Mapping[str, Any], detail: Mapping[str, Any]) -> Signal:
    found = _text(detail["type"], _REASON)
    return Signal(
        kind=Kind.FINDING,
        reason=found,
        evidence=_text(detail["id"], _ID),
        time=_time(fields),
        owasp=(_FINDINGS[found],) if found in _FINDINGS else (),
    )


_READERS: Final[Mapping[str, Callable[[Mapping[str, Any], Mapping[str, Any]], Signal]]] = {
    "genai-defense.guardrail": _guardrail,
    "genai-defense.web-acl": _web_acl,
    "genai-defense.sign-in": _risky_sign_in,
    "aws.cognito-idp": _sign_in,
    "aws.guardduty": _guard_duty,
}


def _time(fields: Mapping[str, Any]) -> int:
    return int(datetime.fromisoformat(fields["time"]).timestamp())


def _address(value: object) -> str | None:
    """The address as it is counted and blocked: IPv6 by its /64, which one subscriber has whole.

    None for what is no address of the Internet, such as the name of a service or a private one.
    """
    try:
        address = ipaddress.ip_address(value if isinstance(value, str) else "")
    except ValueError:
        return None
    if not address.is_global or address.is_multicast:
        return None
    if address.version == 4:  # noqa: PLR2004 - IPv4
        return f"{address}/32"
    return str(ipaddress.ip_network((address, 64), strict=False))


def _object(value: object) -> Mapping[str, Any]:
    return cast("Mapping[str, Any]", value) if isinstance(value, dict) else {}


def _text(value: object, pattern: re.Pattern[str]) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise EventError("a value of another form")
    return value
