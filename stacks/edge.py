"""Boundary 1, at the edge: what has to live in us-east-1, whatever the Region of the chatbot."""

from aws_cdk import CrossStackReferences, Environment, ReferenceStrength, Stack
from constructs import Construct

from genai_defense.data import DataKey
from genai_defense.settings import Settings
from genai_defense.user_interface import BlockedAddresses, ChargedProtection, EntryWebAcl, RequestLimits
from genai_defense.user_interface.blocked_addresses import EDGE_REGION


class EdgeStack(Stack):
    """The distribution's web ACL with its log and its key.

    Attributes:
        web_acl: The web ACL.
        web_acl_arn: Its ARN, for stacks of any Region.
        blocked: The addresses that it refuses.
    """

    def __init__(self, scope: Construct, construct_id: str, *, settings: Settings) -> None:
        super().__init__(scope, construct_id, env=Environment(region=EDGE_REGION))
        chosen = settings.web_acl
        key = DataKey(self, "LogKey", data_class="logs at the edge", removal_policy=settings.removal_policy)
        key.allow_log_groups()
        self.blocked = BlockedAddresses(self, "BlockedAddresses", web_acl_scope="CLOUDFRONT")
        self.web_acl = EntryWebAcl(
            self,
            "WebAcl",
            encryption_key=key,
            blocked_addresses=self.blocked,
            retention=settings.retention.log_retention,
            limits=RequestLimits(
                requests_per_five_minutes=chosen.requests_per_five_minutes,
                chat_requests_per_five_minutes=chosen.chat_requests_per_five_minutes,
            ),
            charged=ChargedProtection(
                anti_ddos=chosen.anti_ddos,
                bot_control=chosen.bot_control,
                account_takeover_login_path=chosen.account_takeover_login_path,
            ),
            removal_policy=settings.removal_policy,
        )
        if settings.region != EDGE_REGION:
            # CloudFormation reads the output across Regions by itself; the CDK's default would be two
            # functions with inline policies.
            for referred in (self.web_acl.web_acl, self.blocked.ipv4, self.blocked.ipv6):
                CrossStackReferences.of(referred).produce(ReferenceStrength.WEAK)
        self.web_acl_arn: str = self.web_acl.arn
