"""Boundary 5, organization: what was done is recorded, people hear of it, and nobody may undo it."""

from genai_defense.organization.alarm_topic import AlarmTopic
from genai_defense.organization.alarms import ChatbotAlarms
from genai_defense.organization.guardrail_control_policy import GuardrailControlPolicy
from genai_defense.organization.runtime_boundary import RuntimeBoundary
from genai_defense.organization.trail import AuditTrail

__all__ = ["AlarmTopic", "AuditTrail", "ChatbotAlarms", "GuardrailControlPolicy", "RuntimeBoundary"]
