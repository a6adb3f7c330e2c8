"""Boundary 1, user interface: the one origin, who may come in, the filter in front of every public entry."""

from genai_defense.user_interface.blocked_addresses import BlockedAddresses
from genai_defense.user_interface.chat_distribution import ChatDistribution, DistributionReach
from genai_defense.user_interface.chatbot_user_pool import ChatbotUserPool
from genai_defense.user_interface.distribution_log import DistributionLog
from genai_defense.user_interface.entry_web_acl import EntryWebAcl
from genai_defense.user_interface.federation import OidcFederation, SamlFederation
from genai_defense.user_interface.managed_rule_groups import ChargedProtection
from genai_defense.user_interface.origin_proof import OriginProof
from genai_defense.user_interface.page_bucket import PageBucket
from genai_defense.user_interface.page_headers import PageHeaders
from genai_defense.user_interface.page_publisher import PagePublisher
from genai_defense.user_interface.request_limits import RequestLimits
from genai_defense.user_interface.sign_in_log import SignInLog
from genai_defense.user_interface.web_client import WebClient

__all__ = [
    "BlockedAddresses",
    "ChargedProtection",
    "ChatDistribution",
    "ChatbotUserPool",
    "DistributionLog",
    "DistributionReach",
    "EntryWebAcl",
    "OidcFederation",
    "OriginProof",
    "PageBucket",
    "PageHeaders",
    "PagePublisher",
    "RequestLimits",
    "SamlFederation",
    "SignInLog",
    "WebClient",
]
