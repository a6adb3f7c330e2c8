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
    ReviewDesk,
    ReviewQueue,
    UserQuota,
)
from genai_defense.application.streaming import STREAM_TIMEOUT
from genai_defense.data import DataKey
from genai_defense.egress import PrivateEndpoint
from genai_defense.organization import SecurityBus
from genai_defense.organization.security_bus import GUARDRAIL_SOURCE
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
        self.hosting = model.hosting
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
            standing=data.standing,
        )
        # The API's web ACL refuses what did not come through the distribution.
        self.guardrail.behind_distribution()
        event_key = DataKey(
            self,
            "EventKey",
            data_class="security events",
            used_through=["events", "sqs"],
            removal_policy=settings.removal_policy,
        )
        self.events = SecurityBus(self, "SecurityEvents", encryption_key=event_key)
        self.guardrail.tell(self.events)
        self.reviews = self._review_queue(settings)
        self._desk(settings, data)
        self.conversations = ConversationsFunction(
            self,
            "Conversations",
            hosting=model.hosting.with_concurrency(settings.concurrency.conversations),
            conversations=data.conversations,
            quota_table=data.quota,
            quota=quota,
            review_queue=self.reviews,
            standing=data.standing,
        )
        self._reach_services(model)
        self.api = self._api(settings, data, model)
        CfnOutput(self, "ApiUrl", value=self.api.api.url)
        CfnOutput(self, "ReviewQueueUrl", value=self.reviews.queue.queue_url)
        CfnOutput(self, "KillSwitchParameter", value=self.kill_switch.parameter.parameter_name)

    def _desk(self, settings: Settings, data: DataStack) -> None:
        """Feedback, and answers that were not grounded, come before reviewers."""
        desk = ReviewDesk(
            self,
            "ReviewDesk",
            hosting=self.hosting.with_concurrency(settings.concurrency.others),
            queue=self.reviews,
            table=data.reviews,
        )
        desk.hear(self.events)

    def _api(self, settings: Settings, data: DataStack, model: ModelStack) -> ChatApi:
        api = ChatApi(
            self,
            "Api",
            user_pool=self.user_interface.sign_in.user_pool,
            routes=self._routes(model.tools),
            encryption_key=data.log_key,
            retention=settings.retention.log_retention,
            removal_policy=settings.removal_policy,
        )
        if settings.api_gateway_account_role == "create":
            api.stage.node.add_dependency(ApiLoggingRole(self, "ApiLoggingRole"))
        self.user_interface.web_acl.protect(self, "ApiWebAcl", resource_arn=api.stage.stage_arn)
        return api

    def _review_queue(self, settings: Settings) -> ReviewQueue:
        key = DataKey(
            self,
            "ReviewKey",
            data_class="feedback",
            used_through=["sqs"],
            removal_policy=settings.removal_policy,
        )
        return ReviewQueue(self, "Reviews", encryption_key=key)

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
        if model.knowledge:
            self._reach(
                "RetrievalEndpoint",
                services.BEDROCK_AGENT_RUNTIME,
                (model.chat.private, ["bedrock:Retrieve"], model.knowledge.base.knowledge_base_arn),
            )

        put = self.events.put_statement(
            source=GUARDRAIL_SOURCE, principals=[iam.ArnPrincipal(self.guardrail.private.role.role_arn)]
        )
        PrivateEndpoint(
            self,
            "EventEndpoint",
            vpc=self._vpc,
            service=services.EVENTBRIDGE,
            statements=[put],
        ).allow_from(self.guardrail.private.security_group)

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
