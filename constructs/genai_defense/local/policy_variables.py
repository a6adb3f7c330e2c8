"""Policy variables such as `${aws:PrincipalTag/tenant}`: the emulator takes them literally."""

import contextlib
import dataclasses
import re
from collections.abc import Callable
from typing import Any

from genai_defense.local.provisioner import Json

_VARIABLE = re.compile(r"\$\{([^}]+)\}")
# `${*}`, `${?}` and `${$}` stand for the characters themselves.
_CHARACTERS = {"*", "?", "$"}
_NOTHING = ["arn:aws:nothing"]

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

    def fill(value: Json) -> Json:
        if isinstance(value, dict):
            return {key: fill(item) for key, item in value.items()}
        if isinstance(value, list):
            return [fill(item) for item in value]
        return filled(value, resolve) if isinstance(value, str) else value

    try:
        return {operator: fill(keys) for operator, keys in conditions.items()}
    except UnknownVariableError:
        return None


class UnknownVariableError(LookupError):
    """The request has no such key, and the policy names no default."""


def filled(text: str, resolve: Resolve) -> str:
    """A text with the values of its variables.

    Raises:
        UnknownVariableError: One has no value.
    """

    def replace(match: re.Match[str]) -> str:
        # A default stands behind a comma, in quotes.
        name, _, default = (part.strip() for part in match[1].partition(","))
        if name in _CHARACTERS:
            return name
        value = resolve(name)
        if value is None and not default:
            raise UnknownVariableError(name)
        return default.strip("'") if value is None else str(value)

    return _VARIABLE.sub(replace, text)


def known(resources: list[str], resolve: Resolve) -> list[str]:
    """Resources with the values of their variables, without those that have none: these match nothing."""
    found: list[str] = []
    for resource in resources:
        with contextlib.suppress(UnknownVariableError):
            found.append(filled(resource, resolve))
    return found


def with_variables(original: Callable[..., bool], evaluator: Any) -> Callable[..., bool]:
    """Wrap the emulator's `_conditions_met`."""

    def conditions_met(conditions: Conditions, context: Any) -> bool:
        def resolve(name: str) -> object:
            return evaluator._resolve_condition_key(name, context)  # noqa: SLF001 - patches.py checks it

        filled = resolved(conditions, resolve)
        return filled is not None and original(filled, context)

    return conditions_met


def with_resources(original: Callable[..., Any], evaluator: Any) -> Callable[..., Any]:
    """Wrap the emulator's `_first_match`, which looks for a statement that fits."""

    def first_match(context: Any, statements: list[Any], effect: str) -> Any:
        def resolve(name: str) -> object:
            value = evaluator._resolve_condition_key(name, context)  # noqa: SLF001 - patches.py checks it
            # On AWS these characters stand for themselves; the emulator would match with them.
            return None if set(str(value)) & _CHARACTERS else value

        def fitted(statement: Any) -> Any:
            named = [*statement.resources, *statement.not_resources]
            if not any("${" in resource for resource in named):
                return statement
            resources = known(statement.resources, resolve)
            # An empty list would mean "all of them" to the emulator.
            return dataclasses.replace(
                statement,
                resources=resources or (_NOTHING if statement.resources else []),
                not_resources=known(statement.not_resources, resolve)
                or (_NOTHING if statement.not_resources else []),
            )

        return original(context, [fitted(statement) for statement in statements], effect)

    return first_match
