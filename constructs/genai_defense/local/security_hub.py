"""A stand-in for Security Hub: takes findings that keep the service's own model, and shows them again."""

import json
from collections.abc import Mapping
from typing import Any

from botocore.session import get_session
from botocore.validate import ParamValidator

from genai_defense.local.clients import emulator_module
from genai_defense.local.errors import LocalRunError

Answer = tuple[int, dict[str, str], bytes]
_SERVICE = "securityhub"
_HEADERS = {"Content-Type": "application/json"}
_UPGRADE = "Install the pinned emulator (make setup), or adapt genai_defense/local/security_hub.py."
FINDINGS: dict[str, dict[str, Any]] = {}


def import_findings(body: Mapping[str, Any]) -> dict[str, Any]:
    """Keep findings; those that break the model are refused one by one."""
    model = get_session().get_service_model(_SERVICE)
    shape: Any = model.operation_model("BatchImportFindings").input_shape
    failed: list[dict[str, str]] = []
    for finding in body.get("Findings", []):
        report = ParamValidator().validate({"Findings": [finding]}, shape)
        if report.has_errors():
            failed.append(
                {
                    "Id": str(finding.get("Id")),
                    "ErrorCode": "InvalidInput",
                    "ErrorMessage": report.generate_report(),
                }
            )
        else:
            FINDINGS[finding["Id"]] = finding
    done = len(body.get("Findings", [])) - len(failed)
    return {"FailedCount": len(failed), "SuccessCount": done, "FailedFindings": failed}


async def handle_request(
    _method: str, path: str, _headers: Mapping[str, str], body: bytes, _query: object
) -> Answer:
    """Answer `BatchImportFindings`, and `GetFindings` without filters."""
    if path == "/findings/import":
        return 200, dict(_HEADERS), json.dumps(import_findings(json.loads(body or b"{}"))).encode()
    if path == "/findings":
        return 200, dict(_HEADERS), json.dumps({"Findings": list(FINDINGS.values())}).encode()
    fault = {"__type": "ResourceNotFoundException", "Message": f"{path} is not one of the stand-in's"}
    return 404, {**_HEADERS, "x-amzn-errortype": "ResourceNotFoundException"}, json.dumps(fault).encode()


def install() -> None:
    """Let the emulator of this process answer to Security Hub's name.

    Raises:
        LocalRunError: A table of the emulator is no longer what it was.
    """
    router, actions = emulator_module("core.router"), emulator_module("core.iam_actions")
    tables = {
        "SERVICE_HANDLERS": (emulator_module("app"), handle_request),
        "SERVICE_PATTERNS": (router, {"host_patterns": [r"securityhub\."], "credential_scope": _SERVICE}),
        "SERVICE_TO_IAM_NAMESPACE": (actions, _SERVICE),
        "_BOTOCORE_SERVICE_MAP": (actions, _SERVICE),
    }
    for name, (module, entry) in tables.items():
        table = getattr(module, name, None)
        if not isinstance(table, dict) or _SERVICE in table:
            raise LocalRunError(f"The emulator's {module.__name__}.{name} is not what it was.", _UPGRADE)
        table[_SERVICE] = entry
