"""Boundary 3, model: the guardrail, the approved model, and the one way to it."""

from genai_defense.model.account_enforced_guardrail import AccountEnforcedGuardrail
from genai_defense.model.approved_model import ApprovedModel
from genai_defense.model.approved_models import APPROVED_MODELS, ModelRecord
from genai_defense.model.cost_profile import CostProfile
from genai_defense.model.guarded_model_access import GuardedModelAccess
from genai_defense.model.guardrail_parts import CustomRegex, DeniedTopic, HarmFilter, PersonalData
from genai_defense.model.guardrail_policy import GuardrailPolicy
from genai_defense.model.model_guardrail import ModelGuardrail
from genai_defense.model.model_invocation_logging import (
    ModelInvocationLogging,
    ModelInvocationLoggingCheck,
)

__all__ = [
    "APPROVED_MODELS",
    "AccountEnforcedGuardrail",
    "ApprovedModel",
    "CostProfile",
    "CustomRegex",
    "DeniedTopic",
    "GuardedModelAccess",
    "GuardrailPolicy",
    "HarmFilter",
    "ModelGuardrail",
    "ModelInvocationLogging",
    "ModelInvocationLoggingCheck",
    "ModelRecord",
    "PersonalData",
]
