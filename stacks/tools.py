"""Boundary 2: what the model may do. The broker, the policies, the sample tools, the wait for a human."""

from aws_cdk import CfnOutput, Duration, Environment, Stack
from aws_cdk import aws_cognito as cognito
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_iam as iam
from constructs import Construct

from genai_defense.application import (
    DECISION,
    ApiRoute,
    ApprovalFunctions,
    ApprovalTerms,
    OrderTools,
    PrivateFunction,
    ToolApproval,
    ToolBroker,
    ToolPolicies,
)
from genai_defense.egress import PrivateEndpoint
from genai_defense.organization import RuntimeBoundary
from genai_defense.settings import Settings
from stacks.data import DataStack, ToolData
from stacks.network import NetworkStack


class ToolsStack(Stack):
    """The way of a tool call: broker → policies → tool, or → state machine → human → policies → tool."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        settings: Settings,
        env: Environment,
        data: ToolData,
        network: NetworkStack,
    ) -> None:
        super().__init__(scope, construct_id, env=env)
        self._vpc = network.network.vpc
        hosting = network.hosting.with_concurrency(settings.concurrency.tools)
        policies = ToolPolicies(
            self,
            "Policies",
            encryption_key=data.key,
            refund_limit_cents=settings.tools.refund_limit_cents,
            removal_policy=settings.removal_policy,
        )
        self.tools = OrderTools(self, "OrderTools", hosting=hosting, orders=data.orders)
        self.approval = ApprovalFunctions(
            self,
            "ApprovalFunctions",
            hosting=hosting,
            policies=policies,
            approvals=data.approvals,
            orders=data.orders,
            tools=self.tools,
            standing=data.standing,
            terms=ApprovalTerms(
                page_host=settings.distribution.domain_name,
                wait=Duration.minutes(settings.tools.approval_minutes),
                email=settings.tools.approval_email,
            ),
        )
        workflow = ToolApproval(
            self, "Approval", hosting=hosting, encryption_key=data.key, functions=self.approval
        )
        # Step Functions ends the delivery of its own log when that changes.
        RuntimeBoundary(workflow, "Boundary", permits=["logs:DeleteLogDelivery"]).apply_to(workflow)
        self.broker = ToolBroker(
            self,
            "Broker",
            hosting=hosting,
            policies=policies,
            orders=data.orders,
            tools=self.tools,
            approval=workflow,
        )
        self._reach_policies(policies)
        self._reach_states(workflow)
        CfnOutput(self, "ToolBrokerName", value=self.broker.private.function.function_name)
        CfnOutput(self, "ApprovalStateMachineArn", value=workflow.state_machine.attr_arn)

    def invocations(self) -> list[tuple[PrivateFunction, PrivateFunction]]:
        """Which function invokes which, for the policy of the endpoint on the way."""
        return [(self.broker.private, self.tools.lookup), (self.approval.action, self.tools.refund)]

    def approver_routes(self, scope: cognito.OAuthScope) -> list[ApiRoute]:
        """What approvers see and decide; the desk looks at role and tenant."""
        desk = self.approval.desk.function
        return [
            ApiRoute(method="GET", path="/api/approvals", handler=desk, scope=scope, requests_per_second=5),
            ApiRoute(
                method="POST",
                path="/api/approvals/{approval_id}",
                handler=desk,
                scope=scope,
                body=DECISION,
                requests_per_second=5,
            ),
        ]

    def _reach_policies(self, policies: ToolPolicies) -> None:
        askers = [self.broker.private, self.approval.desk, self.approval.action]
        endpoint = PrivateEndpoint(
            self,
            "PolicyEndpoint",
            vpc=self._vpc,
            service=ec2.InterfaceVpcEndpointAwsService.VERIFIED_PERMISSIONS,
            statements=[
                iam.PolicyStatement(
                    principals=[iam.ArnPrincipal(asker.role.role_arn) for asker in askers],
                    actions=["verifiedpermissions:IsAuthorized"],
                    resources=[policies.store.attr_arn],
                ),
            ],
        )
        for asker in askers:
            endpoint.allow_from(asker.security_group)

    def _reach_states(self, workflow: ToolApproval) -> None:
        machine = [workflow.state_machine.attr_arn]
        allowed = {
            self.broker.private: ["states:StartExecution"],
            self.approval.desk: ["states:SendTaskFailure", "states:SendTaskSuccess"],
        }
        endpoint = PrivateEndpoint(
            self,
            "StatesEndpoint",
            vpc=self._vpc,
            service=ec2.InterfaceVpcEndpointAwsService.STEP_FUNCTIONS,
            statements=[
                iam.PolicyStatement(
                    principals=[iam.ArnPrincipal(function.role.role_arn)], actions=actions, resources=machine
                )
                for function, actions in allowed.items()
            ],
        )
        for function in allowed:
            endpoint.allow_from(function.security_group)


def tools_stack(
    scope: Construct,
    construct_id: str,
    *,
    settings: Settings,
    env: Environment,
    data: DataStack,
    network: NetworkStack,
) -> ToolsStack | None:
    """The stack of the tools, where the settings want tools."""
    if data.tools is None:
        return None
    return ToolsStack(scope, construct_id, settings=settings, env=env, data=data.tools, network=network)
