"""Policy variables such as `${aws:PrincipalTag/user_id}` in conditions: the emulator takes them literally."""

import re
from collections.abc import Callable
from typing import Any

from genai_defense.local.provisioner import Json

_VARIABLE = re.compile(r"\$\{([^}]+)\}")
# `${*}`, `${?}` and `${$}` stand for the characters themselves.
_CHARACTERS = {"*", "?", "$"}

Conditions = dict[str, Json]
Resolve = Callable[[str], object]


def resolved(conditions: Conditions, resolve: Resolve) -> Conditions | None:
    """Conditions with the values of their variables.

    Args:
        conditions: The `Condition` element: operator to key to value or values.
        resolve: From the name of a condition key to its value; None when the request has no such key.

    Returns:
        None when a variable has no value: on AWS the statement then matches nothing.
    """
    unknown: list[str] = []

    def replace(match: re.Match[str]) -> str:
        # A default stands behind a comma, in quotes.
        name, _, default = (part.strip() for part in match[1].partition(","))
        if name in _CHARACTERS:
            return name
        value = resolve(name)
        if value is None and not default:
            unknown.append(name)
        return default.strip("'") if value is None else str(value)

    def fill(value: Json) -> Json:
        if isinstance(value, dict):
            return {key: fill(item) for key, item in value.items()}
        if isinstance(value, list):
            return [fill(item) for item in value]
        return _VARIABLE.sub(replace, value) if isinstance(value, str) else value

    filled = {operator: fill(keys) for operator, keys in conditions.items()}
    return None if unknown else filled


def with_variables(original: Callable[..., bool], evaluator: Any) -> Callable[..., bool]:
    """Wrap the emulator's `_conditions_met`."""

    def conditions_met(conditions: Conditions, context: Any) -> bool:
        def resolve(name: str) -> object:
            return evaluator._resolve_condition_key(name, context)  # noqa: SLF001 - patches.py checks it

        filled = resolved(conditions, resolve)
        return filled is not None and original(filled, context)

    return conditions_met
