"""Starts the wait for a human."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mypy_boto3_stepfunctions import SFNClient

    from tool_registry import Tool
    from tools.call import Call

_NAMESPACE: Final = uuid.UUID("6d3a1b0e-3f0c-4f5e-9b57-0f2f3a9d8c11")


@dataclass(frozen=True, slots=True)
class ApprovalStarter:
    """Starts the state machine.

    Args:
        client: Step Functions.
        state_machine_arn: Which one.
    """

    client: SFNClient
    state_machine_arn: str

    def start(self, call: Call, tool: Tool, arguments: Mapping[str, str | int], tenant: str) -> str:
        """Start the wait; the same action asked for twice in one request waits once.

        Returns:
            The approval id.

        Raises:
            botocore.exceptions.ClientError: It could not be started.
        """
        written = json.dumps(dict(arguments), sort_keys=True)
        approval_id = str(uuid.uuid5(_NAMESPACE, f"{call.request_id}\x00{tool.name}\x00{written}"))
        action = {
            "approval_id": approval_id,
            "tenant": tenant,
            "tool": tool.name,
            "arguments": dict(arguments),
            "requester": call.caller.user_id,
            "requester_roles": list(call.caller.roles),
        }
        try:
            self.client.start_execution(
                stateMachineArn=self.state_machine_arn,
                name=approval_id,
                input=json.dumps(action, sort_keys=True),
            )
        except ClientError as error:
            if error.response.get("Error", {}).get("Code") != "ExecutionAlreadyExists":
                raise
        return approval_id
