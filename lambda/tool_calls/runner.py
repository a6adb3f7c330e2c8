"""The call of a tool's own function, whose role can do this one thing."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mypy_boto3_lambda import LambdaClient

    from tool_registry import Tool

LONGEST_CONTENT: Final = 4000
_STATUS: Final = frozenset({"done", "refused"})


class RunnerError(RuntimeError):
    """The tool's function failed or answered garbage; the text is for the log and quotes nothing."""


@dataclass(frozen=True, slots=True)
class ToolResult:
    """What a tool came back with.

    Args:
        status: ``done``, or ``refused`` when the tool itself said no.
        content: What the model is told, at most ``LONGEST_CONTENT`` characters.
    """

    status: str
    content: str


@dataclass(frozen=True, slots=True)
class Runner:
    """Invokes the functions of tools.

    Args:
        client: Lambda, without retries.
        functions: Package of a tool's function to the deployed function's name.
    """

    client: LambdaClient
    functions: Mapping[str, str]

    def run(
        self, tool: Tool, tenant: str, arguments: Mapping[str, str | int], approval_id: str | None = None
    ) -> ToolResult:
        """Run an authorised call.

        Args:
            tool: Which.
            tenant: For whom; the function checks it once more.
            arguments: Checked arguments.
            approval_id: The human's decision, under which an effect happens once.

        Raises:
            RunnerError: No function of this caller runs the tool, it failed, or its answer is not one.
            botocore.exceptions.ClientError: Lambda refused.
        """
        name = self.functions.get(tool.function)
        if name is None:
            raise RunnerError("no function here runs this tool")
        payload = {"tenant": tenant, "arguments": dict(arguments), "approval_id": approval_id}
        response = self.client.invoke(FunctionName=name, Payload=json.dumps(payload).encode())
        if response.get("FunctionError"):
            raise RunnerError("function error")
        try:
            return _result(json.loads(response["Payload"].read()))
        except ValueError:
            raise RunnerError("garbage") from None


def _result(answer: object) -> ToolResult:
    fields: Mapping[str, Any] = cast("dict[str, Any]", answer) if isinstance(answer, dict) else {}
    status, content = fields.get("status"), fields.get("content")
    if status not in _STATUS or not isinstance(content, str) or len(content) > LONGEST_CONTENT:
        raise RunnerError("garbage")
    return ToolResult(status, content)
