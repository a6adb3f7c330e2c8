"""Which EventBridge rules bring what a detector found."""

from genai_defense.checks.template_graph import Resource
from genai_defense.checks.values import Opaque, Unresolved, dig, items

DETECTORS = frozenset({"aws.guardduty", "aws.inspector2", "aws.macie", "aws.securityhub"})


def brings_findings(rule: Resource) -> bool | Opaque:
    """Whether a rule's pattern names a detector of AWS among its sources."""
    sources = dig(rule.get("EventPattern"), "source")
    if isinstance(sources, Opaque):
        return sources
    opaque = next((one for one in items(sources) if isinstance(one, Opaque)), None)
    if any(one in DETECTORS for one in items(sources) if isinstance(one, str)):
        return True
    return Unresolved(opaque.why) if opaque else False
