"""What people are told: a message with evidence, and a finding in Security Hub. Nothing of what was said."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from response_rows import ActionKind, ResultStatus

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from response_rows import Result

SILENT: Final = frozenset({ActionKind.WARN_USER})
"""Kinds that nobody is told of; they stand in the records."""
_SEVERITY: Final[Mapping[ActionKind, str]] = {
    ActionKind.NOTIFY: "HIGH",
    ActionKind.WARN_USER: "INFORMATIONAL",
    ActionKind.SLOW_USER: "LOW",
    ActionKind.DISABLE_USER: "HIGH",
    ActionKind.BLOCK_ADDRESS: "MEDIUM",
    ActionKind.THROW_KILL_SWITCH: "CRITICAL",
}
_RESTORE: Final[Mapping[ActionKind, str]] = {
    ActionKind.SLOW_USER: "genai-defense restore user {}",
    ActionKind.DISABLE_USER: "genai-defense restore user {}",
    ActionKind.BLOCK_ADDRESS: "genai-defense restore address {}",
    ActionKind.THROW_KILL_SWITCH: "genai-defense restore service",
}
_FINDING_KINDS: Final = frozenset(
    {ActionKind.DISABLE_USER, ActionKind.BLOCK_ADDRESS, ActionKind.THROW_KILL_SWITCH}
)
_SUBJECT_CHARS: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where findings are filed.

    Args:
        partition: ``aws``, mostly.
        region: The chatbot's Region.
        account: Its account.
        function_arn: The responder, which is the resource of a finding that has no better one.
    """

    partition: str
    region: str
    account: str
    function_arn: str


def worth_telling(results: Sequence[Result]) -> list[Result]:
    """Those of which people hear: what changed something, and what should have."""
    return [
        result
        for result in results
        if result.action.kind not in SILENT and result.status is not ResultStatus.IN_FORCE
    ]


def message_of(results: Sequence[Result], incident: str, time: datetime) -> tuple[str, str]:
    """Subject and text of the message to people: JSON, so that a machine may read it, too."""
    first = results[0]
    subject = f"genai-defense: {first.action.kind} {first.status}: {first.action.subject}"
    content = {
        "incident": incident,
        "time": time.isoformat(timespec="seconds"),
        "results": [result.as_json() | _undo(result) for result in results],
        "records": f"response/{time:%Y/%m/%d}/{incident}/ in the audit bucket",
    }
    return subject[:_SUBJECT_CHARS], json.dumps(content, indent=1)


def _undo(result: Result) -> dict[str, str]:
    command = _RESTORE.get(result.action.kind)
    if result.status is not ResultStatus.DONE or command is None:
        return {}
    return {"undo": command.format(result.action.subject)}


def findings_of(
    results: Sequence[Result], incident: str, time: datetime, place: Place
) -> list[dict[str, Any]]:
    """Findings in the AWS Security Finding Format, for what was done and for what should have been.

    Source: https://docs.aws.amazon.com/securityhub/latest/userguide/asff-required-attributes.html (read
        2026-11-24).
    """
    at = time.strftime("%Y-%m-%dT%H:%M:%SZ")
    where = f"arn:{place.partition}:securityhub:{place.region}:{place.account}"
    product = f"{where}:product/{place.account}/default"
    return [
        {
            "SchemaVersion": "2018-10-08",
            "Id": f"{place.function_arn}/{incident}/{result.action.kind}",
            "ProductArn": product,
            "GeneratorId": f"genai-defense/{result.action.kind}",
            "AwsAccountId": place.account,
            "Types": ["TTPs/Initial Access/GenAI-Attack"],
            "CreatedAt": at,
            "UpdatedAt": at,
            "Severity": {"Label": _SEVERITY[result.action.kind]},
            "Title": f"Chatbot attacked: {result.action.kind} {result.status}",
            "Description": f"{result.action.reason}. {result.action.kind}: {result.status}. "
            f"{result.detail}".strip(),
            "Remediation": {"Recommendation": {"Text": _undo(result).get("undo", "Read the playbooks.")}},
            "ProductFields": {
                "genai-defense/incident": incident,
                "genai-defense/subject": result.action.subject,
                "genai-defense/owasp": ",".join(result.action.owasp),
                "genai-defense/evidence": ",".join(result.action.evidence)[:2048],
            },
            "Resources": [
                {
                    "Type": "AwsLambdaFunction",
                    "Id": place.function_arn,
                    "Partition": place.partition,
                    "Region": place.region,
                }
            ],
            "RecordState": "ACTIVE",
            "Workflow": {"Status": "NEW"},
        }
        for result in results
        if result.action.kind in _FINDING_KINDS
    ]
