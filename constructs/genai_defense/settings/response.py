"""What follows from attacks. The value is the construct's own, so that both mean the same."""

from genai_defense.organization.response_policy import ResponsePolicy

__all__ = ["ResponsePolicy"]
