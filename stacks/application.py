"""Boundary 2: API, guardrail function, chat function, in this order."""

from aws_cdk import CfnOutput, Environment, Stack
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_iam as iam
from constructs import Construct

from genai_defense.application import (
    ApiLoggingRole,
    ChatApi,
    ChatFunction,
    FunctionHosting,
    GuardrailFunction,
    UserQuota,
)
from genai_defense.egress import PrivateEndpoint
from genai_defense.settings import Settings
from stacks.data import DataStack
from stacks.model import ModelStack
from stacks.network import NetworkStack
from stacks.user_interface import UserInterfaceStack


class ApplicationStack(Stack):
    """The way of a request: API → guardrail function → chat function → model."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        settings: Settings,
        env: Environment,
        data: DataStack,
        network: NetworkStack,
        model: ModelStack,
        user_interface: UserInterfaceStack,
    ) -> None:
        super().__init__(scope, construct_id, env=env)
        vpc = network.network.vpc
        hosting = FunctionHosting(
            vpc=vpc,
            encryption_key=data.log_key,
            retention=settings.retention.log_retention,
            gateway_prefix_lists=settings.network.gateway_prefix_lists,
            removal_policy=settings.removal_policy,
        )
        chat = ChatFunction(
            self,
            "Chat",
            hosting=hosting,
            access=model.access,
            conversations=data.conversations,
            max_output_tokens=settings.model.max_output_tokens,
            conversation_days=settings.retention.conversation_days,
        )
        self.guardrail = guardrail = GuardrailFunction(
            self,
            "Guardrail",
            hosting=hosting,
            chat=chat,
            quota_table=data.quota,
            quota=UserQuota(
                requests_per_day=settings.quota.requests_per_day,
                tokens_per_day=settings.quota.tokens_per_day,
                max_output_tokens=settings.model.max_output_tokens,
            ),
            audit=data.audit,
            allowed_link_hosts=settings.allowed_link_hosts,
        )
        self._endpoints(vpc, guardrail=guardrail, chat=chat)
        api = ChatApi(
            self,
            "Api",
            user_pool=user_interface.sign_in.user_pool,
            send_scope=user_interface.sign_in.send_scope,
            handler=guardrail.private.function,
            encryption_key=data.log_key,
            retention=settings.retention.log_retention,
            removal_policy=settings.removal_policy,
        )
        if settings.api_gateway_account_role == "create":
            api.stage.node.add_dependency(ApiLoggingRole(self, "ApiLoggingRole"))
        user_interface.web_acl.protect(self, "ApiWebAcl", resource_arn=api.stage.stage_arn)
        CfnOutput(self, "ApiUrl", value=api.api.url)

    def _endpoints(self, vpc: ec2.IVpc, *, guardrail: GuardrailFunction, chat: ChatFunction) -> None:
        """The two AWS APIs that the functions call besides Bedrock, DynamoDB and S3."""
        to_chat = PrivateEndpoint(
            self,
            "LambdaEndpoint",
            vpc=vpc,
            service=ec2.InterfaceVpcEndpointAwsService.LAMBDA_,
            statements=[
                iam.PolicyStatement(
                    principals=[iam.ArnPrincipal(guardrail.private.role.role_arn)],
                    actions=["lambda:InvokeFunction"],
                    resources=[chat.private.function.function_arn],
                ),
            ],
        )
        to_chat.allow_from(guardrail.private.security_group)
        to_sessions = PrivateEndpoint(
            self,
            "SessionEndpoint",
            vpc=vpc,
            service=ec2.InterfaceVpcEndpointAwsService.STS,
            statements=[
                iam.PolicyStatement(
                    principals=[iam.ArnPrincipal(chat.private.role.role_arn)],
                    actions=["sts:AssumeRole", "sts:TagSession"],
                    resources=[chat.rows_role.role_arn],
                ),
            ],
        )
        to_sessions.allow_from(chat.private.security_group)
