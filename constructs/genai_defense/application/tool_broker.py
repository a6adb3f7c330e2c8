"""The only way from the model to a tool."""

from aws_cdk import Duration
from aws_cdk import aws_iam as iam
from constructs import Construct

from genai_defense.application.chat_function import METRICS_NAMESPACE
from genai_defense.application.order_tools import OrderTools
from genai_defense.application.private_function import FunctionHosting, PrivateFunction
from genai_defense.application.tool_approval import ToolApproval
from genai_defense.application.tool_policies import ToolPolicies
from genai_defense.data import OrderTable

# Owner of the order 2.8 s, policies 2.8 s, the tool 4.5 s: lambda/tool_calls/clients.py.
BROKER_TIMEOUT = Duration.seconds(11)


class ToolBroker(Construct):
    """Checks a call's arguments, asks the policies, then runs a tool that reads or starts the wait for a yes.

    It cannot run a tool with effect: its role may not invoke that function. Anything but a clean ALLOW is a
    refusal.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        hosting: Where it runs.
        policies: Who may what.
        orders: Of which it sees whose an order is.
        tools: Of which it runs the look-up.
        approval: Where an action with effect waits.

    Attributes:
        private: The function with its role, policy and security group.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        hosting: FunctionHosting,
        policies: ToolPolicies,
        orders: OrderTable,
        tools: OrderTools,
        approval: ToolApproval,
    ) -> None:
        super().__init__(scope, construct_id)
        lookup = tools.lookup.function
        self.private = PrivateFunction(
            self,
            "Private",
            packages=("tools", "function_environment", "tool_calls", "tool_registry"),
            hosting=hosting,
            timeout=BROKER_TIMEOUT,
            environment={
                "POLICY_STORE_ID": policies.store.attr_policy_store_id,
                "ORDER_TABLE_NAME": orders.table.table_name,
                "ORDER_LOOKUP_FUNCTION_NAME": lookup.function_name,
                "APPROVAL_STATE_MACHINE_ARN": approval.state_machine.attr_arn,
                "POWERTOOLS_SERVICE_NAME": "tools",
                "POWERTOOLS_METRICS_NAMESPACE": METRICS_NAMESPACE,
            },
        )
        policies.grant_ask(self.private.policy)
        orders.grant_read_owner(self.private.policy)
        approval.grant_start(self.private.policy)
        self.private.policy.add_statements(
            iam.PolicyStatement(
                sid="RunToolsThatRead",
                actions=["lambda:InvokeFunction"],
                resources=[lookup.function_arn],
            ),
        )
