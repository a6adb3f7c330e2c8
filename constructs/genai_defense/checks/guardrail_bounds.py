"""How weak a managed guardrail may be before a rule speaks, or a weaker policy must give its reason."""

from typing import Final

HARM_FILTERS: Final = ("HATE", "INSULTS", "MISCONDUCT", "SEXUAL", "VIOLENCE")
STRENGTHS: Final = ("NONE", "LOW", "MEDIUM", "HIGH")
# LOW stops only what the filter is sure of; MEDIUM is the least that also stops what it thinks likely.
# Source: https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-content-filters.html
# (read 2026-11-24).
LEAST_HARM_STRENGTH: Final = "MEDIUM"
GROUNDING_CHECKS: Final = ("GROUNDING", "RELEVANCE")
# What opens doors when an answer holds it. "Stopped" is blocked or made unreadable.
SECRETS: Final = ("AWS_ACCESS_KEY", "AWS_SECRET_KEY", "PASSWORD")
# Whoever has one of these signs in, or pays, as somebody else: each is as good as the others.
CREDENTIALS: Final = (*SECRETS, "PIN", "CREDIT_DEBIT_CARD_CVV")
PERSONAL_LISTS: Final = tuple(
    f"SensitiveInformationPolicyConfig.{name}" for name in ("PiiEntitiesConfig", "RegexesConfig")
)
# What nearly every chat meets; a guardrail that looks for personal data at all looks for these.
LEAST_PERSONAL_DATA: Final = ("CREDIT_DEBIT_CARD_NUMBER", "EMAIL")
STOPPING_ACTIONS: Final = ("BLOCK", "ANONYMIZE")


def at_least(strength: str, least: str) -> bool:
    """Whether a filter's strength reaches another one; an unknown strength reaches none."""
    return strength in STRENGTHS and STRENGTHS.index(strength) >= STRENGTHS.index(least)
