"""Answers about settings that are on or off, or name something or nothing."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.template_graph import Resource
from genai_defense.checks.values import Opaque, dig, flag, shown


def switched(resource: Resource, path: str, *, to: bool, default: bool, why: str) -> Answer:
    """Compliant when a boolean property has a value, non-compliant when it has the other one.

    Args:
        resource: The resource.
        path: Dotted path of the property.
        to: The sound value.
        default: What counts where it is missing.
        why: What the other value allows.
    """
    value = flag(resource.get(path), default=default)
    if isinstance(value, Opaque):
        return Unknown(path, value.why)
    if value != to:
        return NonCompliant(path, f"{path} is {str(value).lower()}: {why}")
    return Compliant(f"{path} is {str(to).lower()}")


def named(resource: Resource, path: str, *, why: str) -> Answer:
    """Compliant when a property is set, to whatever the deployment gives; non-compliant when it is missing.

    Args:
        resource: The resource.
        path: Dotted path of the property.
        why: What its absence allows.
    """
    value = dig(resource.properties, path)
    if value is None or value in ("", [], {}):
        return NonCompliant(path, f"{path} is not set: {why}")
    return Compliant(f"{path} is set ({shown(value)})")
