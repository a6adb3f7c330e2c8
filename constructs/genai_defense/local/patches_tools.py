"""What the tools need of the emulator and it does not have.

1. Verified Permissions is no service of its: the stand-in in verified_permissions.py answers to its name.
2. IAM does not know to which state machine a task token belongs, so that a role which may end the waits of
   one machine could end none.
"""

import contextvars
from collections.abc import Callable
from typing import Any

from genai_defense.local import verified_permissions
from genai_defense.local.clients import emulator_module
from genai_defense.local.errors import LocalRunError

Function = Callable[..., Any]
_SERVICE = "verifiedpermissions"
_UPGRADE = "Install the pinned emulator (make setup), or adapt genai_defense/local/patches_tools.py."
_machine: contextvars.ContextVar[str] = contextvars.ContextVar("machine", default="*")
_machines: dict[str, str] = {}


def machine_of(token: object) -> str:
    """ARN of the state machine that handed out a task token; `*` when none did."""
    return _machines.get(str(token), "*")


def _remembering_the_machine(original: Function) -> Function:
    def execute(state: object, given: object, execution: Any, context: object) -> Any:
        known: dict[str, str] = execution or {}
        reset = _machine.set(known.get("stateMachineArn", "*"))
        try:
            return original(state, given, execution, context)
        finally:
            _machine.reset(reset)

    return execute


def _naming_the_token(original: Function) -> Function:
    def wait(resource: object, given: object, token: str, state: object) -> Any:
        _machines[token] = _machine.get()
        return original(resource, given, token, state)

    return wait


def install() -> None:
    """Extend the emulator of this process.

    Raises:
        LocalRunError: Something is no longer where it was.
    """
    application, router = emulator_module("app"), emulator_module("core.router")
    actions, machines = emulator_module("core.iam_actions"), emulator_module("services.stepfunctions")
    tables = {
        "SERVICE_HANDLERS": (application, verified_permissions.handle_request),
        "SERVICE_PATTERNS": (router, {"target_prefixes": [verified_permissions.TARGET], "host_patterns": []}),
        "SERVICE_TO_IAM_NAMESPACE": (actions, _SERVICE),
    }
    for name, (module, entry) in tables.items():
        table = getattr(module, name, None)
        if not isinstance(table, dict) or _SERVICE in table:
            raise LocalRunError(f"The emulator's {module.__name__}.{name} is not what it was.", _UPGRADE)
        table[_SERVICE] = entry
    wrappers = {"_execute_task": _remembering_the_machine, "_invoke_with_callback": _naming_the_token}
    for name, wrap in wrappers.items():
        original = getattr(machines, name, None)
        if not callable(original):
            raise LocalRunError(f"The emulator's {machines.__name__} has no {name}.", _UPGRADE)
        setattr(machines, name, wrap(original))
