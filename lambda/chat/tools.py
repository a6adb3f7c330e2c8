"""The seam to the tools: the broker decides and runs, this side only asks."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, Protocol, cast

from botocore.exceptions import BotoCoreError, ClientError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mypy_boto3_lambda import LambdaClient

    from chat.completion import ToolCall
    from chat.turn import Turn

_OK: Final = 200
_APPROVAL_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")


class Status(StrEnum):
    """The broker's answers."""

    DONE = "done"
    REFUSED = "refused"
    WAITING = "waiting"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class ToolOutcome:
    """What came of a call.

    Args:
        status: How it went.
        content: The result, not yet judged.
        approval_id: What a human must approve; set exactly when it waits.
    """

    status: Status
    content: str = ""
    approval_id: str | None = None


FAILED: Final = ToolOutcome(Status.FAILED)


class Toolbox(Protocol):
    """Tools on offer."""

    @property
    def specs(self) -> Sequence[dict[str, Any]]:
        """For Converse's ``toolConfig``; empty offers none."""
        ...

    def call(self, turn: Turn, call: ToolCall) -> ToolOutcome:
        """Run one, with the rights of the turn's user. Never raises."""
        ...


@dataclass(frozen=True, slots=True)
class NoTools:
    """Nothing on offer."""

    @property
    def specs(self) -> Sequence[dict[str, Any]]:
        """None."""
        return ()

    def call(self, turn: Turn, call: ToolCall) -> ToolOutcome:  # noqa: ARG002 - the protocol's signature
        """A model that asks for what it was not offered gets nothing."""
        return ToolOutcome(Status.REFUSED)


@dataclass(frozen=True, slots=True)
class ToolBroker:
    """The broker function.

    Args:
        client: Lambda, without retries: a call may have an effect.
        function_name: Name or ARN.
        specs: What it offers.
    """

    client: LambdaClient
    function_name: str
    specs: Sequence[dict[str, Any]]

    def call(self, turn: Turn, call: ToolCall) -> ToolOutcome:
        """Ask the broker: user, roles and tenant are the verified ones, tool and arguments the model's."""
        payload = {
            "request_id": turn.request_id,
            "user_id": turn.user_id,
            "roles": list(turn.roles),
            "tenant": turn.tenant,
            "tool": call.name,
            "arguments": dict(call.arguments),
        }
        try:
            response = self.client.invoke(
                FunctionName=self.function_name,
                InvocationType="RequestResponse",
                Payload=json.dumps(payload).encode(),
            )
            if response.get("FunctionError") or response.get("StatusCode") != _OK:
                return FAILED
            return _outcome_of(response["Payload"].read())
        except (BotoCoreError, ClientError, OSError, KeyError, TypeError, ValueError, RecursionError):
            return FAILED


def _outcome_of(body: bytes) -> ToolOutcome:
    parsed = json.loads(body)
    if not isinstance(parsed, dict):
        return FAILED
    fields = cast("Mapping[str, object]", parsed)
    status, content, approval = (fields.get(name) for name in ("status", "content", "approval_id"))
    known = isinstance(status, str) and status in set(Status)
    if not known or not isinstance(content, str):
        return FAILED
    outcome = Status(cast("str", status))
    if outcome is Status.WAITING:
        if not isinstance(approval, str) or not _APPROVAL_ID.fullmatch(approval):
            return FAILED
        return ToolOutcome(outcome, content, approval)
    return ToolOutcome(outcome, content)
