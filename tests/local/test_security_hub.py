"""The stand-in for Security Hub takes what the service's model allows, and nothing else."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from genai_defense.local import security_hub
from genai_defense.local.security_hub import FINDINGS, import_findings
from responder.notice import Place, findings_of
from response_rows import Action, ActionKind, Result, ResultStatus


@pytest.fixture(autouse=True)
def _empty() -> Iterator[None]:
    FINDINGS.clear()
    yield
    FINDINGS.clear()


def _finding() -> dict[str, Any]:
    action = Action(
        kind=ActionKind.DISABLE_USER, subject="u", reason="r", owasp=("LLM01",), count=1, evidence=("q",)
    )
    place = Place(partition="aws", region="us-east-1", account="111122223333", function_arn="arn:responder")
    result = Result(action=action, status=ResultStatus.DONE)
    (finding,) = findings_of([result], "i-1", datetime(2026, 11, 23, tzinfo=UTC), place)
    return finding


def test_a_finding_of_the_responder_is_taken_once_under_its_id() -> None:
    assert import_findings({"Findings": [_finding(), _finding()]})["FailedCount"] == 0
    assert list(FINDINGS.values()) == [_finding()]


def test_a_finding_that_breaks_the_model_is_refused_alone() -> None:
    broken = {**_finding(), "Severity": "very"}
    answer = import_findings({"Findings": [broken, {**_finding(), "Id": "other"}]})
    assert (answer["FailedCount"], answer["SuccessCount"]) == (1, 1)
    assert "Severity" in answer["FailedFindings"][0]["ErrorMessage"]
    assert list(FINDINGS) == ["other"]


def test_it_has_no_other_operations() -> None:
    work = security_hub.handle_request("POST", "/accounts", {}, b"", {})
    with pytest.raises(StopIteration) as done:
        work.send(None)
    assert done.value.value[0] == 404
