"""Boundary 2: the API and the guardrail function, which asks the chat function."""

from aws_cdk import CfnOutput, Environment, Stack
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_iam as iam
from constructs import Construct

from genai_defense.application import (
    MESSAGE,
    ApiLoggingRole,
    ApiRoute,
    ChatApi,
    GuardrailFunction,
    KillSwitch,
    UserQuota,
)
from genai_defense.egress import PrivateEndpoint
from genai_defense.settings import Settings
from stacks.data import DataStack
from stacks.model import ModelStack
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
        kill_switch = KillSwitch(self, "KillSwitch")
        self.guardrail = GuardrailFunction(
            self,
            "Guardrail",
            hosting=model.hosting,
            kill_switch=kill_switch,
            chat=model.chat,
            quota_table=data.quota,
            quota=UserQuota(
                requests_per_day=settings.quota.requests_per_day,
                tokens_per_day=settings.quota.tokens_per_day,
            ),
            audit=data.audit,
        )
        to_chat = PrivateEndpoint(
            self,
            "LambdaEndpoint",
            vpc=model.hosting.vpc,
            service=ec2.InterfaceVpcEndpointAwsService.LAMBDA_,
            statements=[
                iam.PolicyStatement(
                    principals=[iam.ArnPrincipal(self.guardrail.private.role.role_arn)],
                    actions=["lambda:InvokeFunction"],
                    resources=[model.chat.private.function.function_arn],
                ),
            ],
        )
        to_chat.allow_from(self.guardrail.private.security_group)
        to_switch = PrivateEndpoint(
            self,
            "ParameterEndpoint",
            vpc=model.hosting.vpc,
            service=ec2.InterfaceVpcEndpointAwsService.SSM,
            statements=[
                iam.PolicyStatement(
                    principals=[iam.ArnPrincipal(self.guardrail.private.role.role_arn)],
                    actions=["ssm:GetParameter"],
                    resources=[kill_switch.parameter.parameter_arn],
                ),
            ],
        )
        to_switch.allow_from(self.guardrail.private.security_group)
        self.api = ChatApi(
            self,
            "Api",
            user_pool=user_interface.sign_in.user_pool,
            routes=[
                ApiRoute(
                    method="POST",
                    path="/api/chat",
                    handler=self.guardrail.private.function,
                    scope=user_interface.sign_in.send_scope,
                    body=MESSAGE,
                ),
            ],
            encryption_key=data.log_key,
            retention=settings.retention.log_retention,
            removal_policy=settings.removal_policy,
        )
        if settings.api_gateway_account_role == "create":
            self.api.stage.node.add_dependency(ApiLoggingRole(self, "ApiLoggingRole"))
        user_interface.web_acl.protect(self, "ApiWebAcl", resource_arn=self.api.stage.stage_arn)
        CfnOutput(self, "ApiUrl", value=self.api.api.url)
        CfnOutput(self, "KillSwitchParameter", value=kill_switch.parameter.parameter_name)
