"""Boundary 2: the API and the guardrail function, which asks the chat function."""

from collections.abc import Sequence

from aws_cdk import CfnOutput, Environment, Stack
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_iam as iam
from constructs import Construct

from genai_defense.application import (
    MESSAGE,
    ApiLoggingRole,
    ApiRoute,
    ChatApi,
    ConversationsFunction,
    GuardrailFunction,
    KillSwitch,
    PrivateFunction,
    ReviewQueue,
    UserQuota,
)
from genai_defense.application.streaming import STREAM_TIMEOUT
from genai_defense.data import DataKey
from genai_defense.egress import PrivateEndpoint
from genai_defense.settings import Settings
from stacks.data import DataStack
from stacks.model import ModelStack
from stacks.tools import ToolsStack
from stacks.user_interface import UserInterfaceStack


class ApplicationStack(Stack):
    """The way of a request: API → guardrail function → chat function."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        settings: Settings,
        env: Environment,
        data: DataStack,
        model: ModelStack,
        user_interface: UserInterfaceStack,
    ) -> None:
        super().__init__(scope, construct_id, env=env)
        self.user_interface = user_interface
        self._vpc = model.hosting.vpc
        quota = UserQuota(
            requests_per_day=settings.quota.requests_per_day, tokens_per_day=settings.quota.tokens_per_day
        )
        self.kill_switch = KillSwitch(self, "KillSwitch")
        self.guardrail = GuardrailFunction(
            self,
            "Guardrail",
            hosting=model.hosting.with_concurrency(settings.concurrency.guardrail),
            kill_switch=self.kill_switch,
            chat=model.chat,
            quota_table=data.quota,
            quota=quota,
            audit=data.audit,
        )
        self.reviews = ReviewQueue(
            self,
            "Reviews",
            encryption_key=DataKey(
                self, "ReviewKey", data_class="feedback", removal_policy=settings.removal_policy
            ),
        )
        self.conversations = ConversationsFunction(
            self,
            "Conversations",
            hosting=model.hosting.with_concurrency(settings.concurrency.conversations),
            conversations=data.conversations,
            quota_table=data.quota,
            quota=quota,
            review_queue=self.reviews,
        )
        self._reach_services(model)
        self.api = ChatApi(
            self,
            "Api",
            user_pool=user_interface.sign_in.user_pool,
            routes=self._routes(model.tools),
            encryption_key=data.log_key,
            retention=settings.retention.log_retention,
            removal_policy=settings.removal_policy,
        )
        if settings.api_gateway_account_role == "create":
            self.api.stage.node.add_dependency(ApiLoggingRole(self, "ApiLoggingRole"))
        user_interface.web_acl.protect(self, "ApiWebAcl", resource_arn=self.api.stage.stage_arn)
        CfnOutput(self, "ApiUrl", value=self.api.api.url)
        CfnOutput(self, "ReviewQueueUrl", value=self.reviews.queue.queue_url)
        CfnOutput(self, "KillSwitchParameter", value=self.kill_switch.parameter.parameter_name)

    def _routes(self, tools: ToolsStack | None) -> list[ApiRoute]:
        """Every call that the API takes."""
        scope = self.user_interface.sign_in.send_scope
        guardrail = self.guardrail.private.function
        return [
            ApiRoute(method="POST", path="/api/chat", handler=guardrail, scope=scope, body=MESSAGE),
            ApiRoute(
                method="POST",
                path="/api/chat/stream",
                handler=guardrail,
                scope=scope,
                body=MESSAGE,
                streamed=True,
                timeout=STREAM_TIMEOUT,
            ),
            *self.conversations.routes(scope),
            *(tools.approver_routes(scope) if tools else []),
        ]

    def _reach_services(self, model: ModelStack) -> None:
        """One endpoint a service, and in its policy who may ask what of which resource."""
        services = ec2.InterfaceVpcEndpointAwsService
        calls = [(self.guardrail.private, model.chat.private)]
        if model.tools:
            broker = model.tools.broker.private
            calls += [(model.chat.private, broker), *model.tools.invocations()]
        self._reach(
            "LambdaEndpoint",
            services.LAMBDA_,
            *((caller, ["lambda:InvokeFunction"], called.function.function_arn) for caller, called in calls),
        )
        self._reach(
            "ParameterEndpoint",
            services.SSM,
            (self.guardrail.private, ["ssm:GetParameter"], self.kill_switch.parameter.parameter_arn),
        )
        # Functions that reach a user's rows become the user, and nobody else, through STS.
        become = ["sts:AssumeRole", "sts:TagSession"]
        self._reach(
            "SessionEndpoint",
            services.STS,
            (model.chat.private, become, model.chat.rows_role.role_arn),
            (self.conversations.private, become, self.conversations.rows_role.role_arn),
        )
        self._reach(
            "QueueEndpoint",
            services.SQS,
            (self.conversations.private, ["sqs:SendMessage"], self.reviews.queue.queue_arn),
        )

    def _reach(
        self,
        construct_id: str,
        service: ec2.InterfaceVpcEndpointAwsService,
        *uses: tuple[PrivateFunction, Sequence[str], str],
    ) -> None:
        """Let functions take actions on a resource each, through one endpoint and through no other way."""
        endpoint = PrivateEndpoint(
            self,
            construct_id,
            vpc=self._vpc,
            service=service,
            statements=[
                iam.PolicyStatement(
                    principals=[iam.ArnPrincipal(caller.role.role_arn)], actions=actions, resources=[resource]
                )
                for caller, actions, resource in uses
            ],
        )
        for caller, _, _ in uses:
            endpoint.allow_from(caller.security_group)
