"""Where humans decide: only an approver, of the same tenant, never on an own request, once."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from botocore.exceptions import ClientError

from approvals.request import Decision
from approvals.responses import (
    NO_SUCH_APPROVAL,
    NOT_AN_APPROVER,
    NOT_YOURS,
    TOO_LATE,
    Reply,
    unavailable,
)
from tool_calls import ApprovalState, Verdict
from tool_calls.approval import APPROVE

if TYPE_CHECKING:
    from collections.abc import Callable

    from mypy_boto3_stepfunctions import SFNClient

    from approvals.request import DecisionRequest
    from approvals.store import Approvals
    from tool_calls import Approval, Authoriser, Person

APPROVER: Final = "approver"
REFUSED_ERROR: Final = "Refused"
"""What the state machine catches."""
_ENDED: Final = frozenset({"TaskTimedOut", "TaskDoesNotExist", "InvalidToken"})
_STATE: Final = {Decision.APPROVE: ApprovalState.APPROVED, Decision.REFUSE: ApprovalState.REFUSED}


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Desk:
    """Lists what waits and takes decisions.

    Args:
        approvals: The table.
        authoriser: The policies.
        client: Step Functions.
        now: Clock, UTC.
    """

    approvals: Approvals
    authoriser: Authoriser
    client: SFNClient
    now: Callable[[], datetime] = _utc_now

    def waiting(self, person: Person) -> Reply:
        """What the person's tenant can decide on, for approvers; no token, no content of conversations."""
        if person.tenant is None or APPROVER not in person.roles:
            return NOT_AN_APPROVER
        rows = self.approvals.waiting(person.tenant, self._seconds())
        return Reply(HTTPStatus.OK, {"approvals": [_shown(row, person) for row in rows]})

    def decide(self, person: Person, request: DecisionRequest) -> Reply:
        """Take one decision.

        Raises:
            botocore.exceptions.ClientError: The table did not answer.
        """
        if person.tenant is None or APPROVER not in person.roles:
            return NOT_AN_APPROVER
        approval = self.approvals.find(person.tenant, request.approval_id)
        if approval is None:
            return NO_SUCH_APPROVAL
        verdict = self._allowed(person, approval)
        if verdict is Verdict.UNAVAILABLE:
            return unavailable()
        if verdict is not Verdict.ALLOWED:
            return NOT_YOURS
        state = _STATE[request.decision]
        token = self.approvals.decide(approval, person, state, self._seconds())
        if token is None or not self._tell(token, approval, state):
            return TOO_LATE
        return Reply(HTTPStatus.OK, {"outcome": state.value, "approval_id": approval.approval_id})

    def _allowed(self, person: Person, approval: Approval) -> Verdict:
        return self.authoriser.ask(person, APPROVE, approval.resource, approval.context)

    def _tell(self, token: str, approval: Approval, state: ApprovalState) -> bool:
        """End the wait; False when it has ended before."""
        try:
            if state is ApprovalState.APPROVED:
                output = json.dumps({"approval_id": approval.approval_id})
                self.client.send_task_success(taskToken=token, output=output)
            else:
                self.client.send_task_failure(taskToken=token, error=REFUSED_ERROR)
        except ClientError as error:
            if error.response.get("Error", {}).get("Code") not in _ENDED:
                raise
            return False
        return True

    def _seconds(self) -> int:
        return int(self.now().timestamp())


def _shown(approval: Approval, person: Person) -> dict[str, Any]:
    return {
        "approval_id": approval.approval_id,
        "tool": approval.tool,
        "arguments": dict(approval.arguments),
        "requested_at": datetime.fromtimestamp(approval.requested_at, UTC).isoformat(),
        "expires_at": datetime.fromtimestamp(approval.deadline, UTC).isoformat(),
        "own_request": approval.requester == person.user_id,
    }
