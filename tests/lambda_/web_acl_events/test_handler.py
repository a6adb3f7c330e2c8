"""Lines of a web ACL's log become an event per address."""

from __future__ import annotations

import base64
import gzip
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from web_acl_events import handler as handler_module
from web_acl_events.handler import LostError

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext


@dataclass
class Bus:
    """Stands for EventBridge."""

    lost: int = 0
    entries: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    calls: int = 0

    def put_events(self, **arguments: Any) -> dict[str, int]:
        self.calls += 1
        assert len(arguments["Entries"]) <= 10
        self.entries += arguments["Entries"]
        return {"FailedEntryCount": self.lost}


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Bus:
    bus = Bus()
    monkeypatch.setattr(handler_module, "_bus", lambda: (bus, "security"))
    return bus


def _line(address: str, action: str = "BLOCK", rule: str = "Rate") -> dict[str, str]:
    entry = {"action": action, "terminatingRuleId": rule, "httpRequest": {"clientIp": address, "uri": "/api"}}
    return {"message": json.dumps(entry)}


def _batch(*lines: dict[str, str]) -> dict[str, Any]:
    packed = gzip.compress(json.dumps({"logEvents": list(lines)}).encode())
    return {"awslogs": {"data": base64.b64encode(packed).decode()}}


def test_each_address_is_told_once_with_its_number_of_refusals(bus: Bus, context: LambdaContext) -> None:
    lines = [_line("8.8.4.4"), _line("8.8.4.4"), _line("2001:DB8::1")]
    assert handler_module.handler(_batch(*lines), context) == {"addresses": 2, "refusals": 3}
    assert {entry["Source"] for entry in bus.entries} == {"genai-defense.web-acl"}
    assert [json.loads(entry["Detail"]) for entry in bus.entries] == [
        {"address": "8.8.4.4", "hits": 2},
        {"address": "2001:db8::1", "hits": 1},
    ]


def test_what_passed_and_what_is_blocked_already_counts_for_nothing(bus: Bus, context: LambdaContext) -> None:
    """Else an address would stay blocked as long as it tries."""
    lines = [_line("8.8.4.4", action="ALLOW"), _line("8.8.4.4", rule="BlockedAddress")]
    assert handler_module.handler(_batch(*lines), context) == {"addresses": 0, "refusals": 0}
    assert bus.calls == 0


def test_many_addresses_go_in_batches_of_ten(bus: Bus, context: LambdaContext) -> None:
    handler_module.handler(_batch(*(_line(f"8.8.4.{number}") for number in range(25))), context)
    assert (bus.calls, len(bus.entries)) == (3, 25)


def test_what_the_bus_did_not_take_is_tried_again(bus: Bus, context: LambdaContext) -> None:
    bus.lost = 1
    with pytest.raises(LostError):
        handler_module.handler(_batch(_line("8.8.4.4")), context)


def test_an_address_that_is_none_ends_the_batch_loudly(context: LambdaContext, bus: Bus) -> None:
    with pytest.raises(ValueError, match="does not appear to be"):
        handler_module.handler(_batch(_line("not-an-address")), context)
    assert bus.calls == 0
