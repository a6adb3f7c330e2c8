"""What the way of the documents needs of the emulator and it does not have.

1. A knowledge base whose documents are handed over one by one, and whose filters hold: knowledge_base.py.
2. A malware scan of new objects: malware_scan.py.
3. `aws:PrincipalArn` of a session is its role's ARN on AWS. The emulator answers with the session's, so that
   a Deny for all but one role would stop that role, too.
"""

from collections.abc import Callable
from typing import Any

from genai_defense.local import knowledge_base, malware_scan, service_role
from genai_defense.local.clients import emulator_module
from genai_defense.local.patching import Function, require, swap


def _role_of(session_arn: str, account: str) -> str:
    """ARN of the role behind `arn:aws:sts::<account>:assumed-role/<role>/<session>`."""
    name = session_arn.split("/")[1]
    role: dict[str, Any] = emulator_module("services.iam")._roles.get_scoped(account, None, name) or {}  # noqa: SLF001 - install checks
    return str(role.get("Arn") or f"arn:aws:iam::{account}:role/{name}")


def with_role_arns(original: Function) -> Function:
    """Wrap the emulator's `_resolve_condition_key`."""

    def resolve(key: str, context: Any) -> Any:
        if key.lower() == "aws:principalarn" and ":assumed-role/" in context.principal_arn:
            return _role_of(context.principal_arn, context.principal_account)
        return original(key, context)

    return resolve


def _always(ours: Function) -> Callable[[Function], Function]:
    return lambda _original: ours


def install() -> None:
    """Extend the emulator of this process.

    Raises:
        LocalRunError: Something is no longer where it was.
    """
    agent, runtime = (
        emulator_module("services.bedrock_agent"),
        emulator_module("services.bedrock_agent_runtime"),
    )
    s3, evaluator = emulator_module("services.s3"), emulator_module("core.iam_evaluator")
    require(agent, "_knowledge_bases", "_data_sources")
    require(s3, "_buckets", "_get_object_data", "_object_tags")
    require(emulator_module("services.eventbridge"), "_dispatch_event")
    require(emulator_module("services.iam"), "_roles")
    require(evaluator, *service_role.NEEDED)
    replaced = {
        "_ingest_kb_documents": knowledge_base.ingest,
        "_get_kb_documents": knowledge_base.told,
        "_delete_kb_documents": knowledge_base.delete,
        "_run_s3_ingestion": knowledge_base.synchronize,
    }
    for name, ours in replaced.items():
        swap(agent, name, _always(ours))
    swap(runtime, "_retrieve", _always(knowledge_base.retrieve))
    swap(s3, "_fire_s3_event_async", malware_scan.scanning)
    swap(evaluator, "_resolve_condition_key", with_role_arns)
