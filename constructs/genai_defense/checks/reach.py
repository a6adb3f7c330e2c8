"""What a pattern reaches by the asterisks that its author wrote."""

from genai_defense.checks.values import Opaque, Reference, Text, Value, items
from genai_defense.checks.wildcards import fits

_ARN_FIELDS = 6


def literally(pattern: Value) -> str:
    """A pattern in which only written asterisks are wildcards.

    What the deployment gives, such as a parameter with the name of a bucket, is one thing, not every thing.
    """
    if isinstance(pattern, Text):
        return "".join(part if isinstance(part, str) else _stand_in(part) for part in pattern.parts)
    return _stand_in(pattern) if isinstance(pattern, Opaque) else str(pattern)


def named(field: Value) -> str:
    """What a field of a statement names (actions, resources, or callers by their kind), for a message."""
    listed = field.values() if isinstance(field, dict) else [field]
    return " and ".join(literally(each) for values in listed for each in items(values))


def covers(pattern: Value, text: str) -> bool:
    """Whether a pattern matches a text by its written asterisks, ignoring case."""
    return fits(literally(pattern), text)


def reaches(pattern: Value, arn: str) -> bool:
    """Whether a pattern reaches an ARN, whatever Region and account it is in."""
    given, asked = (each.split(":", _ARN_FIELDS - 1) for each in (literally(pattern), arn))
    if len(given) < _ARN_FIELDS:
        return fits(":".join(given), arn)
    return fits(given[2], asked[2]) and fits(given[-1], asked[-1])


def _stand_in(part: Opaque) -> str:
    return f"{{{part.resource.logical_id}}}" if isinstance(part, Reference) else "{deployment}"
