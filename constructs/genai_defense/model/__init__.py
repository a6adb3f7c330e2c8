"""Boundary 3, model: the guardrail, the approved model, and the one way to it."""

from genai_defense.model.approved_model import ApprovedModel
from genai_defense.model.guarded_model_access import GuardedModelAccess
from genai_defense.model.model_guardrail import DeniedTopic, ModelGuardrail

__all__ = ["ApprovedModel", "DeniedTopic", "GuardedModelAccess", "ModelGuardrail"]
