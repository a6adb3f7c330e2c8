"""Bounds on what is read, so that no file makes a check run for ever."""

from typing import Any

from genai_defense.checks.read.errors import UnusableInputError
from genai_defense.checks.values import json_list, json_object

MAX_BYTES = 10 * 1024 * 1024
"""Ten times what CloudFormation takes, since indented JSON is shortened before it is sent.

Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html (read
2026-11-24)."""

MAX_DEPTH = 100
"""Objects and lists inside each other; policies of real templates stay below 30."""

MAX_VALUES = 500_000
"""Values of a template, each alias of YAML counted with all that it stands for."""


def check_shape(value: object, name: str) -> None:
    """Refuse what is too deep or too large to walk.

    Args:
        value: A parsed file; parts of it may be shared.
        name: The file, for the message.

    Raises:
        UnusableInputError: It is.
    """
    waiting: list[tuple[Any, int]] = [(value, 0)]
    values = 0
    while waiting:
        inner, depth = waiting.pop()
        values += 1
        if depth > MAX_DEPTH:
            raise UnusableInputError(f"{name}: values are nested deeper than {MAX_DEPTH} levels.")
        if values > MAX_VALUES:
            raise UnusableInputError(
                f"{name}: it holds more than {MAX_VALUES:,} values once its aliases are written out."
            )
        below = (json_object(inner) or {}).values() or json_list(inner)
        waiting.extend((each, depth + 1) for each in below)
