"""Takes back what the responder did."""

import json
from typing import Any

from genai_defense.operate.outputs import Client, OperateError, output, stack_outputs

KINDS = ("user", "address", "service")


def restore(client: Client, kind: str, subject: str) -> str:
    """Give a user, an address or the chatbot back.

    Args:
        client: Makes boto3 clients with an operator's rights, `lambda:InvokeFunction` on the restore function
            among them.
        kind: `user`, `address` or `service`.
        subject: The user's id (sub) or the address; nothing for the service.

    Returns:
        What was restored.

    Raises:
        OperateError: It was refused, or did not work.
    """
    function = output(stack_outputs(client), "RestoreFunctionName")
    who = client("sts").get_caller_identity()["Arn"]
    answer = client("lambda").invoke(
        FunctionName=function,
        Payload=json.dumps({"kind": kind, "subject": subject, "operator": who}).encode(),
    )
    said: dict[str, Any] = json.loads(answer["Payload"].read() or b"{}")
    if answer.get("FunctionError"):
        raise OperateError(
            "The restore function failed. Look at its log, and try again: it goes on where it ended."
        )
    if said.get("status") != "restored":
        raise OperateError(str(said.get("message", "The restore function refused.")))
    return str(said["subject"])
