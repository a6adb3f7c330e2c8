"""What an event is read as, and against whom it may count."""

from __future__ import annotations

from typing import Any

import pytest

from response_decision.signal import OWN_ATTACKS, EventError, Kind, signal_of

TIME = "2026-11-23T18:00:00.000+00:00"
AT = 1_795_456_800


def _blocked(**detail: Any) -> dict[str, Any]:
    return {
        "source": "genai-defense.guardrail",
        "detail-type": "Attack Blocked",
        "id": "event-1",
        "time": "2026-11-23T18:00:01Z",
        "detail": {
            "request_id": "request-1",
            "user_id": "user-1",
            "tenant": None,
            "reason": "PROMPT_INJECTION",
            "owasp": ["LLM01"],
            "address": "8.8.4.4",
            "conversation_id": None,
            "time": TIME,
            **detail,
        },
    }


def test_an_attack_names_its_user_its_address_and_its_request() -> None:
    signal = signal_of(_blocked())
    assert (signal.kind, signal.user_id, signal.address) == (Kind.ATTACK, "user-1", "8.8.4.4/32")
    assert (signal.evidence, signal.time, signal.owasp) == ("request-1", AT, ("LLM01",))


def test_the_verified_tenant_is_read_and_one_of_another_form_is_refused() -> None:
    assert signal_of(_blocked()).tenant is None
    assert signal_of(_blocked(tenant="acme")).tenant == "acme"
    for nonsense in ("a#b", 7, ""):
        with pytest.raises(EventError):
            signal_of(_blocked(tenant=nonsense))


@pytest.mark.parametrize("reason", ["MODEL_GUARDRAIL", "SECRET_IN_REQUEST", "MALFORMED_TEXT"])
def test_what_a_poisoned_document_or_a_mishap_may_cause_is_no_attack_of_the_user(reason: str) -> None:
    assert reason not in OWN_ATTACKS
    assert signal_of(_blocked(reason=reason)).kind is Kind.SUSPICION


@pytest.mark.parametrize(
    ("detail_type", "kind"),
    [
        ("Quota Ended", Kind.SUSPICION),
        ("Tool Refused", Kind.SUSPICION),
        ("Leak Stopped", Kind.LEAK),
        ("Text Withheld", Kind.LEAK),
        ("Grounding Failed", Kind.LEAK),
    ],
)
def test_each_detail_type_counts_as_one_thing(detail_type: str, kind: Kind) -> None:
    assert signal_of(_blocked() | {"detail-type": detail_type}).kind is kind


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("2a00:1450:4001:81b::200e", "2a00:1450:4001:81b::/64"),
        ("10.1.2.3", None),
        ("127.0.0.1", None),
        ("169.254.169.254", None),
        ("224.0.0.1", None),
        ("cognito-idp.amazonaws.com", None),
        (None, None),
        (7, None),
    ],
)
def test_only_an_address_of_the_internet_is_counted_and_ipv6_by_its_network(
    address: object, counted: str | None
) -> None:
    assert signal_of(_blocked(address=address)).address == counted


def test_a_failed_sign_in_names_an_address_and_never_the_user_that_was_tried() -> None:
    """Else anybody could lock out anybody by failing to sign in as them."""
    event = {
        "source": "aws.cognito-idp",
        "detail-type": "AWS API Call via CloudTrail",
        "id": "event-2",
        "time": "2026-11-23T18:00:00Z",
        "detail": {
            "errorCode": "NotAuthorizedException",
            "sourceIPAddress": "8.8.4.4",
            "additionalEventData": {"sub": "user-1"},
        },
    }
    signal = signal_of(event)
    assert (signal.kind, signal.user_id, signal.address) == (Kind.HIT, None, "8.8.4.4/32")


def test_a_finding_of_guardduty_blames_no_user_of_the_chatbot() -> None:
    event = {
        "source": "aws.guardduty",
        "detail-type": "GuardDuty Finding",
        "id": "event-3",
        "time": "2026-11-23T18:00:00Z",
        "detail": {"id": "finding-1", "type": "Impact:IAMUser/CostHarvesting", "severity": 8},
    }
    signal = signal_of(event)
    assert (signal.kind, signal.user_id, signal.address) == (Kind.FINDING, None, None)
    assert (signal.reason, signal.owasp) == ("Impact:IAMUser/CostHarvesting", ("LLM10",))


def _hit(hits: object) -> dict[str, Any]:
    return {
        "source": "genai-defense.web-acl",
        "detail-type": "Address Refused",
        "id": "event-4",
        "time": "2026-11-23T18:00:00Z",
        "detail": {"address": "8.8.4.4", "hits": hits},
    }


def test_refusals_of_a_web_acl_count_by_address() -> None:
    signal = signal_of(_hit(12))
    assert (signal.kind, signal.hits, signal.address, signal.user_id) == (Kind.HIT, 12, "8.8.4.4/32", None)


@pytest.mark.parametrize(
    "event",
    [
        None,
        {},
        {"source": "somebody.else", "detail": {}},
        _blocked(user_id="a\nb"),
        _blocked(user_id=None),
        _blocked(request_id="x" * 200),
        _blocked(owasp=["LLM99"]),
        _blocked(owasp=7),
        _blocked(time="yesterday"),
        _blocked(reason="a b"),
        _blocked() | {"detail-type": "Anything"},
        _blocked() | {"detail": None},
        _hit(0),
        _hit(True),
        _hit("12"),
        _hit(10**9),
    ],
)
def test_an_event_that_no_sender_writes_is_an_error_and_not_a_guess(event: object) -> None:
    with pytest.raises(EventError):
        signal_of(event)
