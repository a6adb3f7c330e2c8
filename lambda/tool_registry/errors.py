"""Why a call of a tool is no call at all. No text repeats a value: the model wrote it."""

from __future__ import annotations


class ToolError(ValueError):
    """The call cannot be made as it was written."""


class UnknownToolError(ToolError):
    """There is no tool of this name."""


class ArgumentsError(ToolError):
    """An argument is missing, unknown, of another type or out of its bounds."""
