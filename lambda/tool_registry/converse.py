"""The tools in the form that Bedrock's Converse API takes."""

from __future__ import annotations

from typing import Any

from tool_registry.catalogue import TOOLS


def converse_specs() -> list[dict[str, Any]]:
    """What ``toolConfig.tools`` takes, one entry a tool, made anew at each call.

    Source: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ToolSpecification.html (read
        2026-11-24).
    """
    return [
        {
            "toolSpec": {
                "name": tool.name,
                "description": tool.description,
                "inputSchema": {"json": tool.schema},
            },
        }
        for tool in TOOLS.values()
    ]
