"""The tools that the model may ask for: what each takes, what it does, who runs it. Free of AWS.

What is not in here does not exist: the chat function offers these tools to the model, the broker runs these
and refuses every other name.
"""

from tool_registry.arguments import Argument, Choice, Text, Whole
from tool_registry.catalogue import TOOLS, tool_named
from tool_registry.converse import converse_specs
from tool_registry.errors import ArgumentsError, ToolError, UnknownToolError
from tool_registry.tool import Effect, Tool

__all__ = [
    "TOOLS",
    "Argument",
    "ArgumentsError",
    "Choice",
    "Effect",
    "Text",
    "Tool",
    "ToolError",
    "UnknownToolError",
    "Whole",
    "converse_specs",
    "tool_named",
]
