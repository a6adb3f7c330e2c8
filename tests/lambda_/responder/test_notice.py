"""What people and Security Hub are told: enough to act on, in the right form, and no content."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from botocore.session import get_session
from botocore.validate import ParamValidator

from responder.notice import Place, findings_of, message_of, worth_telling
from response_rows import Action, ActionKind, Result, ResultStatus

NOW = datetime(2026, 11, 23, 18, 0, 0, tzinfo=UTC)
PLACE = Place(
    partition="aws",
    region="eu-central-1",
    account="111122223333",
    function_arn="arn:aws:lambda:eu-central-1:111122223333:function:responder",
)
MOST = {"Id": 512, "Title": 256, "Description": 1024, "GeneratorId": 512, "ProductArn": 2048}
"""Longest values, from "Required top-level ASFF attributes" in the Security Hub user guide (read
2026-11-24)."""
NAMESPACES = ("TTPs", "Effects", "Unusual Behaviors", "Sensitive Data Identifications")


def _result(kind: ActionKind, status: ResultStatus = ResultStatus.DONE) -> Result:
    subject = "service" if kind in {ActionKind.NOTIFY, ActionKind.THROW_KILL_SWITCH} else "user-1"
    action = Action(
        kind=kind,
        subject=subject,
        reason="10 attacks of one user (PROMPT_INJECTION)",
        owasp=("LLM01",),
        count=10,
        evidence=tuple(f"request-{number}" for number in range(20)),
    )
    return Result(action=action, status=status)


@pytest.mark.parametrize("kind", ActionKind)
@pytest.mark.parametrize("status", ResultStatus)
def test_findings_keep_the_format_of_security_hub(kind: ActionKind, status: ResultStatus) -> None:
    findings = findings_of([_result(kind, status)], "incident-1", NOW, PLACE)
    model = get_session().get_service_model("securityhub")
    shape: Any = model.operation_model("BatchImportFindings").input_shape
    if findings:
        report = ParamValidator().validate({"Findings": findings}, shape)
        assert not report.has_errors(), report.generate_report()
    for finding in findings:
        assert all(len(finding[name]) <= most for name, most in MOST.items())
        assert finding["Types"][0].split("/")[0] in NAMESPACES
        assert len(finding["ProductFields"]) <= 50
        assert all(len(value) <= 2048 for value in finding["ProductFields"].values())
        assert finding["CreatedAt"] == "2026-11-23T18:00:00Z"


def test_what_changes_something_is_filed_and_a_warning_is_not() -> None:
    filed = {kind for kind in ActionKind if findings_of([_result(kind)], "i", NOW, PLACE)}
    assert filed == {ActionKind.DISABLE_USER, ActionKind.BLOCK_ADDRESS, ActionKind.THROW_KILL_SWITCH}


def test_people_hear_what_was_done_and_what_could_not_be_and_not_every_warning() -> None:
    results = [
        _result(ActionKind.WARN_USER),
        _result(ActionKind.DISABLE_USER, ResultStatus.IN_FORCE),
        _result(ActionKind.DISABLE_USER, ResultStatus.LIMITED),
        _result(ActionKind.DISABLE_USER, ResultStatus.FAILED),
        _result(ActionKind.SLOW_USER),
    ]
    assert [result.status.value for result in worth_telling(results)] == ["limited", "failed", "done"]


def test_the_message_carries_evidence_and_the_command_that_takes_it_back() -> None:
    subject, text = message_of([_result(ActionKind.DISABLE_USER)], "incident-1", NOW)
    assert subject == "genai-defense: disable_user done: user-1"
    content = json.loads(text)
    (told,) = content["results"]
    assert told["undo"] == "genai-defense restore user user-1"
    assert told["action"]["evidence"][0] == "request-0"
    assert content["records"] == "response/2026/11/23/incident-1/ in the audit bucket"


def test_what_was_not_done_needs_no_way_back() -> None:
    _, text = message_of([_result(ActionKind.DISABLE_USER, ResultStatus.LIMITED)], "incident-1", NOW)
    assert "undo" not in text
