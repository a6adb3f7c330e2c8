"""The way of a call: registry, arguments, policies, then the tool or a human. Every doubt is a refusal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tool_calls import Verdict
from tool_registry import ArgumentsError, Effect, UnknownToolError, tool_named
from tools.outcome import NOT_ALLOWED, UNCLEAR, WAITING, Outcome, Reason, refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tool_calls import Authoriser, Orders, Runner
    from tool_registry import Tool
    from tools.approval_starter import ApprovalStarter
    from tools.call import Call


@dataclass(frozen=True, slots=True)
class Broker:
    """Runs tools for those who may.

    Args:
        authoriser: The policies.
        orders: Whose an order is.
        runner: Runs tools that only read; it knows no function with effect.
        approvals: Starts the wait for a human.
    """

    authoriser: Authoriser
    orders: Orders
    runner: Runner
    approvals: ApprovalStarter

    def handle(self, call: Call) -> Outcome:
        """Decide on one call and do what it allows.

        Raises:
            Exception: Something broke before anything was decided; the handler says so.
        """
        try:
            tool = tool_named(call.tool)
            arguments = tool.check(call.arguments)
        except UnknownToolError as error:
            return refused(Reason.UNKNOWN_TOOL, str(error))
        except ArgumentsError as error:
            return refused(Reason.BAD_ARGUMENTS, str(error))
        tenant = call.caller.tenant
        order = self.orders.resource(str(arguments[tool.resource]))
        context = {name: arguments[name] for name in tool.limited}
        verdict = self.authoriser.ask(call.caller, tool.name, order, context)
        if verdict is Verdict.UNAVAILABLE:
            return refused(Reason.AUTHORISATION_UNAVAILABLE, UNCLEAR)
        # The policies want a tenant; without one there is nothing that a tool could be run for.
        if verdict is not Verdict.ALLOWED or tenant is None:
            return refused(Reason.NOT_AUTHORISED, NOT_ALLOWED)
        return self._do(call, tool, arguments, tenant)

    def _do(self, call: Call, tool: Tool, arguments: Mapping[str, str | int], tenant: str) -> Outcome:
        if tool.effect is not Effect.READ:
            approval_id = self.approvals.start(call, tool, arguments, tenant)
            content = WAITING.format(approval_id=approval_id)
            return Outcome(status="waiting", content=content, approval_id=approval_id)
        result = self.runner.run(tool, tenant, arguments)
        if result.status != "done":
            return refused(Reason.TOOL_REFUSED, result.content)
        return Outcome(status="done", content=result.content)
