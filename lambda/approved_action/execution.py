"""Does what a human approved, after everything was asked once more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tool_calls import ApprovalState, Verdict
from tool_calls.approval import APPROVE
from tool_registry import ToolError, tool_named

if TYPE_CHECKING:
    from collections.abc import Mapping

    from approved_action.store import DecidedApprovals
    from tool_calls import Approval, Authoriser, Orders, Runner
    from tool_registry import Tool

NOT_APPROVED: Final = {"status": "refused", "reason": "NOT_APPROVED"}
NOT_AUTHORISED: Final = {"status": "refused", "reason": "NOT_AUTHORISED"}
TOOL_REFUSED: Final = {"status": "refused", "reason": "TOOL_REFUSED"}
DONE: Final = {"status": "done"}


class AuthorisationUnavailableError(RuntimeError):
    """The policies could not be asked; the state machine tries again."""


@dataclass(frozen=True, slots=True)
class Execution:
    """Executes approved actions.

    The state machine's word is not enough: the row of the approval must say that a human approved, and the
    policies must still allow the action to who asked for it and the approval to who gave it.

    Args:
        approvals: The table.
        authoriser: The policies.
        orders: Whose an order is.
        runner: Runs tools with effect.
    """

    approvals: DecidedApprovals
    authoriser: Authoriser
    orders: Orders
    runner: Runner

    def run(self, tenant: str, approval_id: str) -> Mapping[str, str]:
        """Execute one approval; a second run of the same changes nothing.

        Args:
            tenant: Whose approval.
            approval_id: Which.

        Returns:
            status (done, refused) and a reason.

        Raises:
            AuthorisationUnavailableError: The policies could not be asked.
            RunnerError: The tool failed; nothing is known, and the same run may be made again.
            botocore.exceptions.ClientError: A service did not answer.
        """
        approval = self.approvals.find(tenant, approval_id)
        if approval is not None and approval.state is ApprovalState.DONE:
            return DONE
        if approval is None or approval.state is not ApprovalState.APPROVED:
            return NOT_APPROVED
        try:
            tool = tool_named(approval.tool)
            arguments = tool.check(approval.arguments)
        except ToolError:
            return self._end(approval, NOT_APPROVED)
        if not self._still_allowed(approval, tool, arguments):
            return self._end(approval, NOT_AUTHORISED)
        result = self.runner.run(tool, approval.tenant, arguments, approval.approval_id)
        return self._end(approval, DONE if result.status == "done" else TOOL_REFUSED)

    def _still_allowed(self, approval: Approval, tool: Tool, arguments: Mapping[str, str | int]) -> bool:
        decider = approval.decider
        if decider is None:
            return False
        order = self.orders.resource(str(arguments[tool.resource]))
        context = {name: arguments[name] for name in tool.limited}
        verdicts = {
            self.authoriser.ask(approval.requested_by, tool.name, order, context),
            self.authoriser.ask(decider, APPROVE, approval.resource, approval.context),
        }
        if Verdict.UNAVAILABLE in verdicts:
            raise AuthorisationUnavailableError
        return verdicts == {Verdict.ALLOWED}

    def _end(self, approval: Approval, outcome: Mapping[str, str]) -> Mapping[str, str]:
        done = outcome["status"] == "done"
        self.approvals.end(approval, ApprovalState.DONE if done else ApprovalState.FAILED)
        return outcome
