"""Reads a function's settings from its environment; nothing has a default that weakens."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class SettingsError(ValueError):
    """A variable is missing or not allowed; the function then answers nothing."""


class FunctionEnvironment:
    """The variables of one function.

    Args:
        variables: The environment.
        function: Name of the function, for the advice in errors.
    """

    def __init__(self, variables: Mapping[str, str], *, function: str) -> None:
        self._variables = variables
        self._function = function

    def text(self, name: str) -> str:
        """A value that is not empty.

        Raises:
            SettingsError: It is missing or empty.
        """
        value = self._variables.get(name, "").strip()
        if not value:
            raise self._error(f"{name} is not set", "a value that is not empty")
        return value

    def optional(self, name: str) -> str | None:
        """A value, or None for an empty string, which must be said.

        Raises:
            SettingsError: It is missing.
        """
        if name not in self._variables:
            raise self._error(f"{name} is not set", "a value, or an empty string for none")
        return self._variables[name].strip() or None

    def count(self, name: str, *, least: int) -> int:
        """A whole number of at least ``least``.

        Raises:
            SettingsError: It is missing, or no such number.
        """
        value = self.text(name)
        if not (value.isascii() and value.isdigit() and int(value) >= least):
            raise self._error(f"{name} is {value!r}", f"a whole number of at least {least}")
        return int(value)

    def hosts(self, name: str) -> frozenset[str]:
        """Host names parted by commas; an empty string is none, and must be said.

        Raises:
            SettingsError: It is missing.
        """
        if name not in self._variables:
            raise self._error(
                f"{name} is not set", "host names parted by commas, or an empty string for none"
            )
        hosts = (host.strip().lower() for host in self._variables[name].split(","))
        return frozenset(filter(None, hosts))

    def _error(self, fault: str, allowed: str) -> SettingsError:
        return SettingsError(f"{fault}. Allowed: {allowed}. Set it on the {self._function} function.")
