"""The process: loads the handler that the function's configuration names, then takes invocations."""

from __future__ import annotations

import importlib
import os
import sys
from typing import TYPE_CHECKING

from streaming_runtime.loop import run
from streaming_runtime.runtime_api import Fault, RuntimeApi

if TYPE_CHECKING:
    from streaming_runtime.loop import Handler


def load(name: str) -> Handler:
    """The handler of a dotted path such as ``guardrail.handler.handler``.

    Raises:
        Exception: Whatever importing it raises.
    """
    module, _, function = name.rpartition(".")
    handler: Handler = getattr(importlib.import_module(module), function)
    return handler


def main() -> int:
    """Run until the environment ends.

    Returns:
        Exit status: 1 when the handler cannot be loaded, which is reported before.
    """
    api = RuntimeApi(os.environ["AWS_LAMBDA_RUNTIME_API"])
    try:
        handler = load(os.environ["_HANDLER"])
    except Exception as error:  # noqa: BLE001 - whatever importing raises is Lambda's to report
        api.fail_to_start(Fault(f"Runtime.{type(error).__name__}", str(error)))
        return 1
    run(api, handler)
    return 0


if __name__ == "__main__":
    sys.exit(main())
