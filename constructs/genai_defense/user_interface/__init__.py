"""Boundary 1, user interface: who may come in, and the filter in front of every public entry."""

from genai_defense.user_interface.chatbot_user_pool import ChatbotUserPool
from genai_defense.user_interface.regional_web_acl import RegionalWebAcl

__all__ = ["ChatbotUserPool", "RegionalWebAcl"]
