"""What the managed guardrail stops: the very value that the construct takes."""

from genai_defense.model.guardrail_policy import GuardrailPolicy

__all__ = ["GuardrailPolicy"]
