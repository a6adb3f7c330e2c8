"""Boundary 1, user interface: the one origin, who may come in, the filter in front of every public entry."""

from genai_defense.user_interface.chat_distribution import ChatDistribution, DistributionReach
from genai_defense.user_interface.chatbot_user_pool import ChatbotUserPool
from genai_defense.user_interface.distribution_log import DistributionLog
from genai_defense.user_interface.origin_proof import OriginProof
from genai_defense.user_interface.page_bucket import PageBucket
from genai_defense.user_interface.page_headers import PageHeaders
from genai_defense.user_interface.regional_web_acl import RegionalWebAcl

__all__ = [
    "ChatDistribution",
    "ChatbotUserPool",
    "DistributionLog",
    "DistributionReach",
    "OriginProof",
    "PageBucket",
    "PageHeaders",
    "RegionalWebAcl",
]
