"""An export of threat protection becomes an event per risky sign-in, and never one against a mere attempt."""

from __future__ import annotations

import gzip
import io
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from response_decision.signal import Kind, signal_of
from sign_in_events import handler as handler_module
from sign_in_events.handler import LostError
from sign_in_events.risk import LineError, Risk, risky

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext

SUB = "6f1f2c1e-5d0a-4b5e-9c3e-1a2b3c4d5e6f"
TAKEN = Risk.HIGH_RISK_SIGN_IN
LEAKED = Risk.COMPROMISED_CREDENTIALS


def _line(**message: Any) -> dict[str, Any]:
    """As Cognito exports one, with whatever the test says instead."""
    return {
        "eventTimestamp": "1795456800123",
        "eventSource": "USER_AUTH_EVENTS",
        "logLevel": "INFO",
        "message": {
            "version": "1",
            "eventId": "e-1",
            "eventType": "SignIn",
            "userSub": SUB,
            "userName": "alice@example.com",
            "eventResponse": "Pass",
            "riskLevel": "High",
            "riskDecision": "AccountTakeover",
            "deviceName": "Chrome 126, Windows 10",
            "ipAddress": "8.8.4.4",
            "compromisedCredentialDetected": "false",
            **message,
        },
        "logSourceId": {"userPoolId": "eu-central-1_EXAMPLE"},
    }


@dataclass
class World:
    """Stands for S3 and EventBridge."""

    body: bytes = b""
    lost: int = 0
    entries: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])

    def get_object(self, **asked: str) -> dict[str, Any]:
        assert asked == {"Bucket": "exports", "Key": "AWSLogs/1/x.log.gz"}
        return {"Body": io.BytesIO(self.body)}

    def put_events(self, **arguments: Any) -> dict[str, int]:
        assert len(arguments["Entries"]) <= 10
        self.entries += arguments["Entries"]
        return {"FailedEntryCount": self.lost}

    def details(self) -> list[dict[str, Any]]:
        return [json.loads(entry["Detail"]) for entry in self.entries]


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    world = World()
    monkeypatch.setattr(handler_module, "_services", lambda: (world, world, "security", "exports"))
    return world


def _event(bucket: str = "exports") -> dict[str, Any]:
    return {"detail": {"bucket": {"name": bucket}, "object": {"key": "AWSLogs/1/x.log.gz"}}}


def _packed(*lines: object) -> bytes:
    return gzip.compress("\n".join(json.dumps(line) for line in lines).encode())


@pytest.mark.parametrize(
    ("message", "risk"),
    [
        ({}, TAKEN),
        ({"riskLevel": "Medium"}, None),
        ({"riskLevel": None}, None),
        ({"eventResponse": "Fail"}, None),
        ({"eventResponse": "InProgress"}, None),
        ({"eventType": "ForgotPassword"}, None),
        ({"compromisedCredentialDetected": "true", "eventResponse": "Fail", "riskLevel": "Low"}, LEAKED),
        ({"compromisedCredentialDetected": True}, LEAKED),
        ({"compromisedCredentialDetected": "true", "userSub": None}, None),
    ],
)
def test_only_success_at_high_risk_and_leaked_passwords_are_told(
    message: dict[str, Any], risk: Risk | None
) -> None:
    """Whoever merely tries a name must not be able to slow down its owner."""
    found = risky(_line(**message))
    assert (found.risk if found else None) == risk


@pytest.mark.parametrize(
    "line",
    [
        None,
        [],
        {},
        {**_line(), "eventSource": "USER_NOTIFICATION"},
        {**_line(), "eventTimestamp": "yesterday"},
        {**_line(), "eventTimestamp": "9" * 40},
        {**_line(), "message": "SignIn"},
        _line(userSub="x' or 1=1"),
        _line(eventId=7),
        _line(riskLevel="Enormous"),
        _line(eventResponse="Perhaps"),
        _line(compromisedCredentialDetected="maybe"),
    ],
)
def test_a_line_of_another_form_is_none(line: object) -> None:
    with pytest.raises(LineError) as raised:
        risky(line)
    assert "x' or" not in str(raised.value)


@pytest.mark.parametrize("pack", [gzip.compress, bytes], ids=["packed", "plain"])
def test_an_export_is_read_packed_or_plain(world: World, context: LambdaContext, pack: Any) -> None:
    text = "\n".join(json.dumps(line) for line in (_line(), _line(riskLevel="Low"), _line(eventId="e-2")))
    world.body = pack(text.encode())
    assert handler_module.handler(_event(), context) == {"told": 2}
    assert [one["event_id"] for one in world.details()] == ["e-1", "e-2"]
    assert {entry["Source"] for entry in world.entries} == {"genai-defense.sign-in"}


def test_an_export_of_several_packed_parts_is_read_whole(world: World, context: LambdaContext) -> None:
    world.body = _packed(_line()) + gzip.compress(b"\n") + _packed(_line(eventId="e-2"))
    assert handler_module.handler(_event(), context) == {"told": 2}


def test_neither_name_nor_address_nor_device_is_told(world: World, context: LambdaContext) -> None:
    world.body = _packed(_line())
    handler_module.handler(_event(), context)
    (detail,) = world.details()
    assert detail.keys() == {"event_id", "user_id", "risk", "time"}


def test_many_are_told_in_tens(world: World, context: LambdaContext) -> None:
    world.body = _packed(*(_line(eventId=f"e-{number}") for number in range(23)))
    assert handler_module.handler(_event(), context) == {"told": 23}
    assert len({one["event_id"] for one in world.details()}) == 23


@pytest.mark.parametrize("broken", [b"\n{", b"\n[[[[", b"\nnull"])
def test_a_broken_line_hides_no_other_and_is_not_passed_over(
    world: World, context: LambdaContext, broken: bytes
) -> None:
    world.body = json.dumps(_line()).encode() + broken
    with pytest.raises(LostError):
        handler_module.handler(_event(), context)
    assert len(world.entries) == 1


def test_what_the_bus_does_not_take_comes_again(world: World, context: LambdaContext) -> None:
    world.body, world.lost = _packed(_line()), 1
    with pytest.raises(LostError):
        handler_module.handler(_event(), context)


def test_a_bomb_is_not_unpacked(
    world: World, context: LambdaContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handler_module, "MOST_BYTES", 10_000)
    for bomb in (gzip.compress(b"a" * 1_000_000), gzip.compress(b"a" * 9_000) * 2, b"a" * 10_001):
        world.body = bomb
        with pytest.raises(LostError, match="large"):
            handler_module.handler(_event(), context)
    assert world.entries == []


def test_another_bucket_is_not_read(world: World, context: LambdaContext) -> None:
    with pytest.raises(LostError):
        handler_module.handler(_event("somebody-elses"), context)
    assert world.entries == []


def test_the_responder_reads_what_is_told(world: World, context: LambdaContext) -> None:
    leaked = _line(eventId="e-2", compromisedCredentialDetected="true")
    world.body = _packed(_line(), leaked)
    handler_module.handler(_event(), context)
    signals = [
        signal_of({"source": entry["Source"], "detail-type": entry["DetailType"], "detail": detail})
        for entry, detail in zip(world.entries, world.details(), strict=True)
    ]
    assert [(one.kind, one.reason, one.user_id) for one in signals] == [
        (Kind.SUSPICION, "HIGH_RISK_SIGN_IN", SUB),
        (Kind.COMPROMISE, "COMPROMISED_CREDENTIALS", SUB),
    ]
    assert all(one.address is None for one in signals)
    assert signals[0].time == 1_795_456_800
