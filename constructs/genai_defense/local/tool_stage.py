"""What the steps about tools need: roles and a tenant for the demo users, a few orders, and a look behind."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from genai_defense.local.deployment import Deployment
from genai_defense.local.scenario import Scene
from genai_defense.local.sign_in import DemoUser

TENANT = "acme"
OWN_ORDER, FOREIGN_ORDER = "A-1001", "B-2001"
_PATIENCE_SECONDS = 45.0
_ORDERS = ((OWN_ORDER, TENANT, "shipped", 25_000), (FOREIGN_ORDER, "globex", "shipped", 90_000))


@dataclass(frozen=True, kw_only=True)
class ToolStage:
    """The deployed tools, as an operator sees them.

    Attributes:
        deployment: The chatbot.
        broker: Name of the broker function.
        orders: Name of the order table.
        approvals: Name of the approval table.
        machine: ARN of the approvals' state machine.
    """

    deployment: Deployment
    broker: str
    orders: str
    approvals: str
    machine: str

    def refundable(self, order_id: str) -> int:
        """What is left to refund of an order, in cents."""
        table = self.deployment.client("dynamodb")
        key = {"pk": {"S": order_id}, "sk": {"S": "order"}}
        row = table.get_item(TableName=self.orders, Key=key, ConsistentRead=True)["Item"]
        return int(row["refundable_cents"]["N"])

    def let_expire(self, tenant: str, approval_id: str) -> None:
        """Put the deadline of an approval into the past: the demo does not wait for an hour."""
        self.deployment.client("dynamodb").update_item(
            TableName=self.approvals,
            Key={"pk": {"S": f"tenant#{tenant}"}, "sk": {"S": approval_id}},
            UpdateExpression="SET deadline = :past",
            ExpressionAttributeValues={":past": {"N": "1"}},
        )

    def stop(self, approval_id: str) -> None:
        """End a wait as an operator, so that nothing of the demo goes on."""
        self.deployment.client("stepfunctions").stop_execution(executionArn=self._execution(approval_id))

    def _execution(self, approval_id: str) -> str:
        return self.machine.replace(":stateMachine:", ":execution:") + f":{approval_id}"

    def ending(self, approval_id: str) -> str:
        """How an approval's execution ended: the state before the end, or its status."""
        states = self.deployment.client("stepfunctions")
        arn = self._execution(approval_id)
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while time.monotonic() < deadline:
            status: str = states.describe_execution(executionArn=arn)["status"]
            if status != "RUNNING":
                break
            time.sleep(0.1)
        else:
            return "still running"
        events = states.get_execution_history(executionArn=arn, reverseOrder=True)["events"]
        left = [event["stateExitedEventDetails"] for event in events if "stateExitedEventDetails" in event]
        return left[0]["name"] if left and status == "SUCCEEDED" else status

    @staticmethod
    def await_waiting(scene: Scene, approval_id: str) -> Mapping[str, Any] | None:
        """The approval, as soon as the other user, who may approve, sees it."""
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while time.monotonic() < deadline:
            listed: list[dict[str, Any]] = (
                scene.call("GET", "/api/approvals", scene.other_token).json().get("approvals", [])
            )
            for entry in listed:
                if entry["approval_id"] == approval_id:
                    return entry
            time.sleep(0.1)
        return None


def find_stage(deployment: Deployment) -> ToolStage | None:
    """The tools of a deployment; None when its profile has none."""
    functions = deployment.client("lambda").list_functions()["Functions"]
    environments: list[dict[str, str]] = [
        function.get("Environment", {}).get("Variables", {}) for function in functions
    ]
    approvals = next((env["APPROVAL_TABLE_NAME"] for env in environments if "APPROVAL_TABLE_NAME" in env), "")
    for function, settings in zip(functions, environments, strict=True):
        if "APPROVAL_STATE_MACHINE_ARN" in settings:
            return ToolStage(
                deployment=deployment,
                broker=function["FunctionName"],
                orders=settings["ORDER_TABLE_NAME"],
                approvals=approvals,
                machine=settings["APPROVAL_STATE_MACHINE_ARN"],
            )
    return None


def prepare(deployment: Deployment, user: DemoUser, other: DemoUser) -> None:
    """Make both users approvers of one tenant, the first one support as well, and put orders in.

    They have to sign in after this: roles travel in tokens.
    """
    stage = find_stage(deployment)
    if stage is None:
        return
    cognito = deployment.client("cognito-idp")
    pool = {"UserPoolId": deployment.user_pool_id}
    members = {"role-support": [user], "role-approver": [user, other], f"tenant-{TENANT}": [user, other]}
    existing = {group["GroupName"] for group in cognito.list_groups(**pool)["Groups"]}
    for group, people in members.items():
        if group not in existing:
            cognito.create_group(**pool, GroupName=group)
        for person in people:
            cognito.admin_add_user_to_group(**pool, Username=person.name, GroupName=group)
    for order_id, tenant, status, cents in _ORDERS:
        item: dict[str, Any] = {
            "pk": {"S": order_id},
            "sk": {"S": "order"},
            "tenant": {"S": tenant},
            "order_status": {"S": status},
            "ordered_on": {"S": "2026-11-20"},
            "total_cents": {"N": str(cents)},
            "refundable_cents": {"N": str(cents)},
            "currency": {"S": "EUR"},
        }
        deployment.client("dynamodb").put_item(TableName=stage.orders, Item=item)
