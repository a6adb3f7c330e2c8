"""A tool as a value: nothing in it can be changed at run time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, cast

from tool_registry.errors import ArgumentsError

if TYPE_CHECKING:
    from tool_registry.arguments import Argument


class Effect(StrEnum):
    """What a call leaves behind."""

    READ = "read"
    """Nothing: it runs at once, when the policies allow it."""
    EFFECT = "effect"
    """Something outside: it waits until a human has agreed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """One tool.

    Args:
        name: What the model calls it, and the Cedar action that the policies name.
        description: When to use it, for the model.
        effect: Whether it waits for a human.
        arguments: Name to kind. All are required; no other is taken.
        resource: The argument that names what the tool acts on (an order), of which Cedar is asked.
        limited: The arguments that the policies put a limit to; Cedar gets them as context.
        function: Package below `lambda/` whose function runs it, and nothing else of this kit does.
    """

    name: str
    description: str
    effect: Effect
    arguments: Mapping[str, Argument]
    resource: str
    limited: tuple[str, ...]
    function: str

    @property
    def schema(self) -> dict[str, Any]:
        """JSON schema of the arguments: closed, every field with its bounds."""
        return {
            "type": "object",
            "properties": {name: argument.schema for name, argument in self.arguments.items()},
            "required": list(self.arguments),
            "additionalProperties": False,
        }

    def check(self, arguments: object) -> Mapping[str, str | int]:
        """The arguments, when they keep the schema.

        Args:
            arguments: What the model wrote.

        Raises:
            ArgumentsError: They do not; the text says what is allowed and repeats nothing.
        """
        if not isinstance(arguments, Mapping):
            raise ArgumentsError(f"The arguments are no object. Allowed: an object with {self._names}.")
        given = cast("Mapping[object, object]", arguments)
        if given.keys() != self.arguments.keys():
            raise ArgumentsError(f"Arguments are missing or unknown. Allowed: exactly {self._names}.")
        for name, argument in self.arguments.items():
            if not argument.admits(given[name]):
                raise ArgumentsError(f"{name} is not allowed. Allowed: {argument.allowed}.")
        return {name: cast("str | int", given[name]) for name in self.arguments}

    @property
    def _names(self) -> str:
        return ", ".join(self.arguments)
