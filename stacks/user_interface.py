"""Boundary 1: who signs in, and the filter in front of every Regional entry."""

from aws_cdk import CfnOutput, Environment, Stack
from constructs import Construct

from genai_defense.data import DataKey
from genai_defense.settings import Settings
from genai_defense.user_interface import (
    BlockedAddresses,
    ChatbotUserPool,
    EntryWebAcl,
    OriginProof,
    RequestLimits,
)
from stacks.data import DataStack


class UserInterfaceStack(Stack):
    """The user pool behind its web ACL, and the web ACL that the API's stack puts before its stage."""

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
        chosen = settings.web_acl
        blocked = BlockedAddresses(self, "BlockedAddresses")
        sign_in_web_acl = EntryWebAcl(
            self,
            "SignInWebAcl",
            encryption_key=data.log_key,
            blocked_addresses=blocked,
            retention=settings.retention.log_retention,
            limits=RequestLimits(
                requests_per_five_minutes=chosen.sign_in_requests_per_five_minutes,
                chat_requests_per_five_minutes=None,
                max_body_bytes=16_384,
            ),
            removal_policy=settings.removal_policy,
        )
        sign_in_web_acl.protect(self, "UserPoolWebAcl", resource_arn=self.sign_in.user_pool.user_pool_arn)
        self.web_acl = EntryWebAcl(
            self,
            "WebAcl",
            encryption_key=data.log_key,
            blocked_addresses=blocked,
            retention=settings.retention.log_retention,
            limits=RequestLimits(
                requests_per_five_minutes=chosen.requests_per_five_minutes,
                chat_requests_per_five_minutes=chosen.chat_requests_per_five_minutes,
            ),
            origin_proof=self.origin_proof,
            removal_policy=settings.removal_policy,
        )
        CfnOutput(self, "UserPoolId", value=self.sign_in.user_pool.user_pool_id)
        CfnOutput(self, "UserPoolClientId", value=self.sign_in.client.user_pool_client_id)
        CfnOutput(self, "UserPoolDomain", value=self.sign_in.domain.domain_name)
