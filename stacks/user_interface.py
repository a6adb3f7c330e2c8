"""Boundary 1: who signs in, and the filter in front of every Regional entry."""

from aws_cdk import CfnOutput, Environment, Stack
from constructs import Construct

from genai_defense.data import DataKey
from genai_defense.settings import Settings
from genai_defense.user_interface import ChatbotUserPool, OriginProof, RegionalWebAcl
from stacks.data import DataStack


class UserInterfaceStack(Stack):
    """The user pool, and the web ACL in front of it and (from the API's stack) of the API stage."""

    def __init__(
        self, scope: Construct, construct_id: str, *, settings: Settings, env: Environment, data: DataStack
    ) -> None:
        super().__init__(scope, construct_id, env=env)
        self.sign_in = ChatbotUserPool(
            self,
            "SignIn",
            callback_urls=settings.sign_in_callback_urls,
            removal_policy=settings.removal_policy,
        )
        self.origin_proof = OriginProof(
            self,
            "OriginProof",
            encryption_key=DataKey(
                self, "OriginProofKey", data_class="origin proof", removal_policy=settings.removal_policy
            ),
            generation=settings.distribution.origin_proof_generation,
        )
        self.web_acl = RegionalWebAcl(
            self,
            "WebAcl",
            encryption_key=data.log_key,
            retention=settings.retention.log_retention,
            removal_policy=settings.removal_policy,
        )
        self.web_acl.protect(self, "UserPoolWebAcl", resource_arn=self.sign_in.user_pool.user_pool_arn)
        CfnOutput(self, "UserPoolId", value=self.sign_in.user_pool.user_pool_id)
        CfnOutput(self, "UserPoolClientId", value=self.sign_in.client.user_pool_client_id)
        CfnOutput(self, "UserPoolDomain", value=self.sign_in.domain.domain_name)
