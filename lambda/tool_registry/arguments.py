"""Kinds of arguments: each says its JSON schema to the model, and holds the model to it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Protocol


class Argument(Protocol):
    """One argument of a tool."""

    @property
    def schema(self) -> dict[str, Any]:
        """Its JSON schema, as the model reads it."""
        ...

    @property
    def allowed(self) -> str:
        """What is allowed, in words."""
        ...

    def admits(self, value: object) -> bool:
        """Whether the value keeps the schema; nothing is converted."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A string of a given form.

    Args:
        description: What it means, for the model.
        pattern: Regular expression that the whole value matches.
        longest: Most characters, at least 1.
    """

    description: str
    pattern: str
    longest: int

    @property
    def schema(self) -> dict[str, Any]:
        """A string with pattern and length."""
        return {
            "type": "string",
            "description": self.description,
            "pattern": f"^{self.pattern}$",
            "minLength": 1,
            "maxLength": self.longest,
        }

    @property
    def allowed(self) -> str:
        """Pattern and length."""
        return f"a string of at most {self.longest} characters that matches {self.pattern}"

    def admits(self, value: object) -> bool:
        """Whether it is such a string."""
        if not isinstance(value, str) or not 1 <= len(value) <= self.longest:
            return False
        return re.fullmatch(self.pattern, value, re.ASCII) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """A whole number within bounds.

    Args:
        description: What it means and in which unit, for the model.
        least: Smallest value.
        most: Largest value.
    """

    description: str
    least: int
    most: int

    @property
    def schema(self) -> dict[str, Any]:
        """An integer with both bounds."""
        return {
            "type": "integer",
            "description": self.description,
            "minimum": self.least,
            "maximum": self.most,
        }

    @property
    def allowed(self) -> str:
        """Both bounds."""
        return f"a whole number from {self.least} to {self.most}"

    def admits(self, value: object) -> bool:
        """Whether it is such a number; `true` and `5.0` are none."""
        return isinstance(value, int) and not isinstance(value, bool) and self.least <= value <= self.most


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of a few words.

    Args:
        description: What it means, for the model.
        options: The words.
    """

    description: str
    options: tuple[str, ...]

    @property
    def schema(self) -> dict[str, Any]:
        """A string out of a list."""
        return {"type": "string", "description": self.description, "enum": list(self.options)}

    @property
    def allowed(self) -> str:
        """The words."""
        return f"one of {', '.join(self.options)}"

    def admits(self, value: object) -> bool:
        """Whether it is one of them."""
        return isinstance(value, str) and value in self.options
