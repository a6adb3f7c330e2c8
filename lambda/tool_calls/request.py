"""The payload of a tool's own function."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tool_registry import Tool

_NAME: Final = re.compile(r"[A-Za-z0-9_.-]{1,64}", re.ASCII)


class ToolRequestError(ValueError):
    """The payload is not what broker and execution send; its text never repeats a value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolRequest:
    """What a tool is asked to do.

    Args:
        tenant: For whom.
        arguments: Checked arguments.
        approval_id: The human's decision; None for a tool that only reads.
    """

    tenant: str
    arguments: Mapping[str, str | int]
    approval_id: str | None

    @classmethod
    def from_payload(cls, payload: object, tool: Tool) -> ToolRequest:
        """Check the payload once more: this function trusts nobody that calls it.

        Raises:
            ToolRequestError: A field is missing or malformed.
            ArgumentsError: The arguments break the tool's schema.
        """
        fields = cast("dict[str, object]", payload) if isinstance(payload, dict) else {}
        tenant, approval_id = fields.get("tenant"), fields.get("approval_id")
        if not isinstance(tenant, str) or not _NAME.fullmatch(tenant):
            raise ToolRequestError("tenant is missing or malformed.")
        if approval_id is not None and (not isinstance(approval_id, str) or not _NAME.fullmatch(approval_id)):
            raise ToolRequestError("approval_id is malformed.")
        return cls(tenant=tenant, arguments=tool.check(fields.get("arguments")), approval_id=approval_id)
