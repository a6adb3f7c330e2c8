"""Finds a deployment by the outputs of its stacks."""

from collections.abc import Callable
from typing import Any

STACKS = "GenAiDefense-"
"""How the stacks' names begin."""
Client = Callable[[str], Any]
"""From a service's name to a boto3 client."""


class OperateError(Exception):
    """A command could not be done; the text says what to do."""


def client_of(region: str | None) -> Client:
    """Clients with the credentials of the shell.

    Args:
        region: The chatbot's Region. Default: that of the shell.

    Raises:
        OperateError: boto3 is not installed.
    """
    try:
        import boto3  # noqa: PLC0415 - an extra, which synth does without
    except ModuleNotFoundError:
        raise OperateError("boto3 is missing. Install it: pip install 'genai-defense[local]'.") from None
    session: Any = boto3.Session(region_name=region)  # pyright: ignore[reportUnknownMemberType] - partly typed
    made: Client = session.client
    return made


def stack_outputs(client: Client) -> dict[str, str]:
    """The outputs of the chatbot's stacks, by name.

    Raises:
        OperateError: There are no such stacks here.
    """
    found: dict[str, str] = {}
    for page in client("cloudformation").get_paginator("describe_stacks").paginate():
        for stack in page["Stacks"]:
            if stack["StackName"].startswith(STACKS):
                found |= {one["OutputKey"]: one["OutputValue"] for one in stack.get("Outputs", [])}
    if not found:
        raise OperateError(
            f"No stack {STACKS}… with outputs here. Choose account and Region of the chatbot: AWS_PROFILE, "
            "--region."
        )
    return found


def output(outputs: dict[str, str], name: str) -> str:
    """One output.

    Raises:
        OperateError: The stacks have none of this name.
    """
    if name not in outputs:
        raise OperateError(f"The stacks have no output {name}. Deploy this version of them.")
    return outputs[name]
