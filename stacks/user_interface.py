"""Boundary 1: who signs in, and the filter in front of every Regional entry."""

from aws_cdk import CfnOutput, Duration, Environment, Stack
from aws_cdk import aws_s3 as s3
from constructs import Construct

from genai_defense.data import DataKey
from genai_defense.settings import Settings
from genai_defense.user_interface import (
    BlockedAddresses,
    ChatbotUserPool,
    EntryWebAcl,
    OidcFederation,
    OriginProof,
    RequestLimits,
    SamlFederation,
    SignInLog,
)
from stacks.data import DataStack


class UserInterfaceStack(Stack):
    """The user pool with its log behind its web ACL, and the web ACL of the API, which asks for the proof."""

    def __init__(
        self, scope: Construct, construct_id: str, *, settings: Settings, env: Environment, data: DataStack
    ) -> None:
        super().__init__(scope, construct_id, env=env)
        removal = settings.removal_policy
        self.sign_in = self._sign_in(settings, data.access_logs)
        self.origin_proof = OriginProof(
            self,
            "OriginProof",
            encryption_key=DataKey(
                self,
                "OriginProofKey",
                data_class="origin proof",
                used_through=["secretsmanager"],
                removal_policy=removal,
            ),
            generation=settings.distribution.origin_proof_generation,
        )
        limits = settings.web_acl
        self.blocked = BlockedAddresses(self, "BlockedAddresses")
        self.sign_in_web_acl = EntryWebAcl(
            self,
            "SignInWebAcl",
            encryption_key=data.log_key,
            blocked_addresses=self.blocked,
            retention=settings.retention.log_retention,
            limits=RequestLimits(
                requests_per_five_minutes=limits.sign_in_requests_per_five_minutes,
                chat_requests_per_five_minutes=None,
                max_body_bytes=16_384,
            ),
            removal_policy=removal,
        )
        self.sign_in_web_acl.protect(
            self, "UserPoolWebAcl", resource_arn=self.sign_in.user_pool.user_pool_arn
        )
        self.web_acl = EntryWebAcl(
            self,
            "WebAcl",
            encryption_key=data.log_key,
            blocked_addresses=self.blocked,
            retention=settings.retention.log_retention,
            limits=RequestLimits(
                requests_per_five_minutes=limits.requests_per_five_minutes,
                chat_requests_per_five_minutes=limits.chat_requests_per_five_minutes,
            ),
            origin_proof=self.origin_proof,
            removal_policy=removal,
        )
        CfnOutput(self, "UserPoolId", value=self.sign_in.user_pool.user_pool_id)
        CfnOutput(self, "UserPoolDomain", value=self.sign_in.domain.domain_name)

    def _sign_in(self, settings: Settings, access_logs: s3.IBucket) -> ChatbotUserPool:
        removal = settings.removal_policy
        sign_in = ChatbotUserPool(
            self,
            "SignIn",
            roles=settings.sign_in.roles,
            tenants=settings.sign_in.tenants,
            federation=_federation(settings),
            removal_policy=removal,
        )
        self.sign_in_log = SignInLog(
            self,
            "SignInLog",
            user_pool=sign_in.user_pool,
            encryption_key=DataKey(
                self, "SignInLogKey", data_class="sign-in events", used_through=["s3"], removal_policy=removal
            ),
            retention=Duration.days(settings.retention.log_days),
            message_retention=settings.retention.log_retention,
            access_logs=access_logs,
            perimeter=settings.perimeter,
            removal_policy=removal,
        )
        return sign_in


def _federation(settings: Settings) -> OidcFederation | SamlFederation | None:
    chosen = settings.sign_in.federation
    if chosen is None:
        return None
    if chosen.kind == "saml":
        return SamlFederation(name=chosen.name, metadata_url=chosen.metadata_url)
    return OidcFederation(
        name=chosen.name,
        issuer_url=chosen.issuer_url,
        client_id=chosen.client_id,
        client_secret_arn=chosen.client_secret_arn,
    )
