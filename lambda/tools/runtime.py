"""Builds the broker once per process, when the first call comes and not at import."""

from __future__ import annotations

import os
from functools import lru_cache

from function_environment import FunctionEnvironment
from tool_calls import Authoriser, Orders, Runner
from tool_calls.clients import store_client, tool_client
from tools.approval_starter import ApprovalStarter
from tools.broker import Broker


@lru_cache(maxsize=1)
def broker() -> Broker:
    """The broker of this process.

    Raises:
        SettingsError: The environment is not complete; nothing is cached then.
    """
    read = FunctionEnvironment(os.environ, function="tools")
    return Broker(
        authoriser=Authoriser(store_client("verifiedpermissions"), read.text("POLICY_STORE_ID")),
        orders=Orders(store_client("dynamodb"), read.text("ORDER_TABLE_NAME")),
        runner=Runner(tool_client(), {"order_lookup": read.text("ORDER_LOOKUP_FUNCTION_NAME")}),
        approvals=ApprovalStarter(store_client("stepfunctions"), read.text("APPROVAL_STATE_MACHINE_ARN")),
    )
