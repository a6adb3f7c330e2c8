"""The functions that run the two sample tools, each with a role that can do this one thing."""

from aws_cdk import Duration
from constructs import Construct

from genai_defense.application.private_function import FunctionHosting, PrivateFunction
from genai_defense.data import OrderTable

# lambda/tool_calls/clients.py waits a little longer; a test keeps the two alike.
TOOL_TIMEOUT = Duration.seconds(4)


class OrderTools(Construct):
    """The sample tools `order_lookup` and `refund`.

    Neither decides who may use it: the look-up is invoked by the broker, the refund by the execution of an
    approved action, and both of these ask the policies first. Each compares the order's tenant once more.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        hosting: Where they run.
        orders: What they read and book on.

    Attributes:
        lookup: Reads status, date and total of an order.
        refund: Books a refund on an order, once per decision of a human.
    """

    def __init__(
        self, scope: Construct, construct_id: str, *, hosting: FunctionHosting, orders: OrderTable
    ) -> None:
        super().__init__(scope, construct_id)
        self.lookup = self._function("Lookup", "order_lookup", hosting, orders)
        orders.grant_look_up(self.lookup.policy)
        self.refund = self._function("Refund", "refund", hosting, orders)
        orders.grant_book(self.refund.policy)

    def _function(
        self, construct_id: str, package: str, hosting: FunctionHosting, orders: OrderTable
    ) -> PrivateFunction:
        return PrivateFunction(
            self,
            construct_id,
            packages=(package, "function_environment", "tool_calls", "tool_registry"),
            hosting=hosting,
            timeout=TOOL_TIMEOUT,
            environment={
                "ORDER_TABLE_NAME": orders.table.table_name,
                "POWERTOOLS_SERVICE_NAME": package,
            },
        )
