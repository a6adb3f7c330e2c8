"""The functions around an approval: one keeps it, one is the desk where humans decide, one acts."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from aws_cdk import Duration
from aws_cdk import aws_iam as iam
from constructs import Construct

from genai_defense.application.chat_function import METRICS_NAMESPACE
from genai_defense.application.order_tools import OrderTools
from genai_defense.application.private_function import FunctionHosting, PrivateFunction
from genai_defense.application.tool_policies import ToolPolicies
from genai_defense.data import ApprovalTable, OrderTable, StandingTable

_SHARED = ("function_environment", "tool_calls", "tool_registry")
# Per store or decision 2.8 s (lambda/tool_calls/clients.py): one, five, and five with the tool's 4.5 s.
_REQUEST_TIMEOUT = Duration.seconds(5)
_DESK_TIMEOUT = Duration.seconds(15)
_ACTION_TIMEOUT = Duration.seconds(20)


_SHORTEST = Duration.minutes(5)
_LONGEST = Duration.days(7)


@dataclass(frozen=True, kw_only=True)
class ApprovalTerms:
    """How humans are asked.

    Attributes:
        wait: How long they may take, 5 minutes to 7 days. Default: 1 hour.
        email: Address that hears of each approval, after AWS's letter was answered. Default: nobody;
            approvers see what waits on the page.
        page_host: Host of the chatbot's page, for the message. Default: the message names none.

    Raises:
        ValueError: The wait is too short or too long, or the page's host is none.
    """

    wait: Duration = Duration.hours(1)  # noqa: RUF009 - immutable
    email: str | None = None
    page_host: str | None = None

    def __post_init__(self) -> None:
        """Refuse waits that nobody can keep."""
        if not _SHORTEST.to_seconds() <= self.wait.to_seconds() <= _LONGEST.to_seconds():
            raise ValueError(
                f"ApprovalTerms.wait is {self.wait.to_minutes()} minutes; it must be 5 minutes to 7 days."
            )
        if self.page_host is not None and not re.fullmatch(r"[a-z0-9.-]{1,253}", self.page_host):
            raise ValueError(f"ApprovalTerms.page_host {self.page_host!r} must be a lower-case host name.")

    @property
    def page(self) -> str:
        """Where approvals are decided, in words."""
        return f"https://{self.page_host}/" if self.page_host else "the page of the chatbot"


class ApprovalFunctions(Construct):
    """Keeps, decides, acts: three functions, and none of them has what another one needs.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        hosting: Where they run.
        policies: Who may decide, and whether the action is still allowed.
        approvals: Where what waits is kept.
        orders: Of which the action sees whose an order is.
        tools: Of which the action runs the refund.
        terms: How humans are asked.
        standing: How users stand; a blocked approver sees and decides nothing.

    Attributes:
        request: Keeps what waits; only the state machine invokes it.
        desk: Behind the API's routes for approvers.
        action: Does what was approved; only the state machine invokes it.
        terms: As given.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        hosting: FunctionHosting,
        policies: ToolPolicies,
        approvals: ApprovalTable,
        orders: OrderTable,
        tools: OrderTools,
        terms: ApprovalTerms,
        standing: StandingTable,
    ) -> None:
        super().__init__(scope, construct_id)
        self.terms = terms
        table = {"APPROVAL_TABLE_NAME": approvals.table.table_name}
        store = {"POLICY_STORE_ID": policies.store.attr_policy_store_id}
        self.request = self._function(
            "Request",
            ("approval_request", *_SHARED),
            hosting,
            {**table, "APPROVAL_MINUTES": str(terms.wait.to_minutes())},
            _REQUEST_TIMEOUT,
        )
        approvals.grant_ask(self.request.policy)
        self.desk = self._function(
            "Desk",
            ("approvals", "caller_identity", "standing_rows", *_SHARED),
            hosting,
            {**table, **store, "STANDING_TABLE_NAME": standing.table.table_name},
            _DESK_TIMEOUT,
        )
        standing.grant_read(self.desk.policy)
        approvals.grant_decide(self.desk.policy)
        policies.grant_ask(self.desk.policy)
        refund = tools.refund.function
        self.action = self._function(
            "Action",
            ("approved_action", *_SHARED),
            hosting,
            {
                **table,
                **store,
                "ORDER_TABLE_NAME": orders.table.table_name,
                "REFUND_FUNCTION_NAME": refund.function_name,
            },
            _ACTION_TIMEOUT,
        )
        approvals.grant_finish(self.action.policy)
        policies.grant_ask(self.action.policy)
        orders.grant_read_owner(self.action.policy)
        self.action.policy.add_statements(
            iam.PolicyStatement(
                sid="RunToolsWithEffect", actions=["lambda:InvokeFunction"], resources=[refund.function_arn]
            ),
        )

    def hear_decisions(self, state_machine_arn: str) -> None:
        """Let the desk end waits of this state machine, and of no other."""
        self.desk.policy.add_statements(
            iam.PolicyStatement(
                sid="EndTheWait",
                actions=["states:SendTaskFailure", "states:SendTaskSuccess"],
                resources=[state_machine_arn],
            ),
        )

    def _function(
        self,
        construct_id: str,
        packages: Sequence[str],
        hosting: FunctionHosting,
        environment: dict[str, str],
        timeout: Duration,
    ) -> PrivateFunction:
        return PrivateFunction(
            self,
            construct_id,
            packages=packages,
            hosting=hosting,
            timeout=timeout,
            environment={
                **environment,
                "POWERTOOLS_SERVICE_NAME": packages[0],
                "POWERTOOLS_METRICS_NAMESPACE": METRICS_NAMESPACE,
            },
        )
