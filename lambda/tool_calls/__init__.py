"""What the broker, the approvals and the execution of an approved action share."""

from tool_calls.approval import Approval, ApprovalState
from tool_calls.authoriser import Authoriser, Verdict
from tool_calls.entities import ApprovalResource, OrderResource, Person
from tool_calls.orders import Orders
from tool_calls.runner import Runner, RunnerError, ToolResult

__all__ = [
    "Approval",
    "ApprovalResource",
    "ApprovalState",
    "Authoriser",
    "OrderResource",
    "Orders",
    "Person",
    "Runner",
    "RunnerError",
    "ToolResult",
    "Verdict",
]
