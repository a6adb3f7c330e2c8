"""Boundary 3: the approved model, its guardrail, and the one function, role and endpoint that reach it."""

from aws_cdk import CfnOutput, Environment, Stack
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_iam as iam
from constructs import Construct

from genai_defense.application import ChatFunction, FunctionHosting
from genai_defense.data import DataKey
from genai_defense.egress import PrivateEndpoint
from genai_defense.model import GuardedModelAccess, ModelGuardrail
from genai_defense.settings import Settings
from stacks.data import DataStack
from stacks.network import NetworkStack


class ModelStack(Stack):
    """Guardrail by number, endpoint by policy, role by condition, and the function that holds the role.

    The function stands in the guardrail's stack: a new version is a new number, and a number that another
    stack imports could not change.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        settings: Settings,
        env: Environment,
        data: DataStack,
        network: NetworkStack,
    ) -> None:
        super().__init__(scope, construct_id, env=env)
        vpc = network.network.vpc
        self.hosting = FunctionHosting(
            vpc=vpc,
            encryption_key=data.log_key,
            retention=settings.retention.log_retention,
            reserved_concurrency=settings.reserved_concurrency,
            gateway_prefix_lists=settings.network.gateway_prefix_lists,
            removal_policy=settings.removal_policy,
        )
        guardrail = ModelGuardrail(
            self,
            "Guardrail",
            encryption_key=DataKey(
                self, "GuardrailKey", data_class="guardrail", removal_policy=settings.removal_policy
            ),
            guardrail_profile_id=settings.model.guardrail_profile_id,
            profile_regions=settings.model.inference_regions if settings.model.guardrail_profile_id else (),
            policy=settings.guardrail,
        )
        access = GuardedModelAccess(
            self,
            "Access",
            role=iam.Role(self, "Caller", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com")),
            model=settings.model.approved,
            guardrail=guardrail,
            vpc=vpc,
            cost_tags=settings.model.cost_tags,
        )
        self.chat = ChatFunction(
            self,
            "Chat",
            hosting=self.hosting,
            access=access,
            conversations=data.conversations,
            max_output_tokens=settings.model.max_output_tokens,
            conversation_days=settings.retention.conversation_days,
            allowed_link_hosts=settings.allowed_link_hosts,
        )
        self._reach_sessions(access.role)
        CfnOutput(
            self,
            "ModelProcessedIn",
            description="Where prompts and answers are processed; they are stored in this Region only.",
            value="any commercial Region: " + str(settings.model.leaves_geography_because)
            if settings.model.approved.is_global
            else ", ".join(
                sorted({place for route in settings.model.approved.routes for place in route.regions})
            ),
        )

    def _reach_sessions(self, role: iam.IRole) -> None:
        """The chat function becomes its user through STS, and reaches nothing else of it."""
        sessions = PrivateEndpoint(
            self,
            "SessionEndpoint",
            vpc=self.hosting.vpc,
            service=ec2.InterfaceVpcEndpointAwsService.STS,
            statements=[
                iam.PolicyStatement(
                    principals=[iam.ArnPrincipal(role.role_arn)],
                    actions=["sts:AssumeRole", "sts:TagSession"],
                    resources=[self.chat.rows_role.role_arn],
                ),
            ],
        )
        sessions.allow_from(self.chat.private.security_group)
