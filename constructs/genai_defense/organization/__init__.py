"""Boundary 5, organization: what was done is recorded, and people hear of it."""

from genai_defense.organization.alarm_topic import AlarmTopic
from genai_defense.organization.alarms import ChatbotAlarms
from genai_defense.organization.trail import AuditTrail

__all__ = ["AlarmTopic", "AuditTrail", "ChatbotAlarms"]
