"""What many rules ask: one property, and the values at which a control stands."""

from collections.abc import Collection

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.template_graph import Resource
from genai_defense.checks.values import Opaque, Unresolved, flag, shown


def one_of(resource: Resource, path: str, sound: Collection[str], otherwise: str) -> Answer:
    """Whether a property has one of the sound values; `otherwise` is what any other value allows."""
    value = resource.get(path)
    if isinstance(value, Opaque):
        return Unknown(path, value.why)
    if isinstance(value, str) and value in sound:
        return Compliant(f"{path} is {value}")
    return NonCompliant(path, f"{path} is {shown(value)}: {otherwise}")


def switched(resource: Resource, path: str, *, wanted: bool, default: bool, otherwise: str) -> Answer:
    """Whether a switch stands as wanted; `default` is what the service takes where nothing is said."""
    value = flag(resource.get(path), default=default)
    if isinstance(value, Opaque):
        return Unknown(path, value.why)
    if value is wanted:
        return Compliant(f"{path} is {str(value).lower()}")
    return NonCompliant(path, f"{path} is {str(value).lower()}: {otherwise}")


def present(resource: Resource, path: str, otherwise: str) -> Answer:
    """Whether a property names something; `otherwise` is what its absence allows."""
    value = resource.get(path)
    if isinstance(value, Unresolved):
        return Unknown(path, value.why)
    return Compliant(f"{path} is set") if value else NonCompliant(path, f"{path} is not set: {otherwise}")
