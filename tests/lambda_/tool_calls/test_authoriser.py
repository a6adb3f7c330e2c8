"""Only a clean ALLOW allows: whatever else comes is a no, and which no is told apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import boto3
import pytest
from botocore.exceptions import ClientError, ConnectTimeoutError
from botocore.validate import ParamValidator

from tool_calls import ApprovalResource, Authoriser, OrderResource, Person, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable

PERSON = Person(user_id="user-1", roles=("support", "approver"), tenant="acme")
ORDER = OrderResource(order_id="A-1001", tenant="acme")
_CLEAN: dict[str, Any] = {"decision": "ALLOW", "errors": [], "determiningPolicies": [{"policyId": "p"}]}


def _ask(client: Any, person: Person = PERSON, resource: Any = ORDER) -> Verdict:
    return Authoriser(client, "store").ask(
        person, "refund", resource, {"amount_cents": 5000, "currency": "EUR"}
    )


def test_a_clean_allow_allows(decisions: Callable[..., Any]) -> None:
    assert _ask(decisions(_CLEAN)) is Verdict.ALLOWED


def test_a_deny_denies(decisions: Callable[..., Any]) -> None:
    assert _ask(decisions({**_CLEAN, "decision": "DENY"})) is Verdict.DENIED


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"decision": "ALLOW"},
        {**_CLEAN, "errors": [{"errorDescription": "while evaluating policy p: overflow"}]},
        {**_CLEAN, "errors": None},
        {**_CLEAN, "decision": "allow"},
        {**_CLEAN, "decision": "NO_DECISION"},
        {**_CLEAN, "decision": None},
        {**_CLEAN, "decision": True},
        {**_CLEAN, "decision": "DENY", "errors": [{"errorDescription": "x"}]},
        ClientError({"Error": {"Code": "ThrottlingException"}}, "IsAuthorized"),
        ClientError({"Error": {"Code": "ValidationException"}}, "IsAuthorized"),
        ClientError({"Error": {"Code": "AccessDeniedException"}}, "IsAuthorized"),
        ConnectTimeoutError(endpoint_url="https://verifiedpermissions.eu-central-1.amazonaws.com"),
    ],
)
def test_anything_else_is_no_answer(answer: Any, decisions: Callable[..., Any]) -> None:
    assert _ask(decisions(answer)) is Verdict.UNAVAILABLE


@pytest.mark.parametrize(
    "resource", [ORDER, ApprovalResource(approval_id="a", tenant="acme", requester="user-2")]
)
@pytest.mark.parametrize("tenant", ["acme", None])
def test_the_question_keeps_the_form_of_the_service(
    resource: Any, tenant: str | None, decisions: Callable[..., Any]
) -> None:
    client = decisions(_CLEAN)
    _ask(client, Person(user_id="user-1", roles=("support",), tenant=tenant), resource)
    real = cast("Any", boto3).client("verifiedpermissions", region_name="eu-central-1")
    shape = real.meta.service_model.operation_model("IsAuthorized").input_shape
    real.close()
    (question,) = client.asked
    assert not ParamValidator().validate(question, shape).has_errors()
    person = question["entities"]["entityList"][0]
    assert person["parents"] == [{"entityType": "GenAiDefense::Role", "entityId": "support"}]
    assert ("tenant" in person["attributes"]) == (tenant is not None)
    assert question["context"]["contextMap"] == {
        "amount_cents": {"long": 5000},
        "currency": {"string": "EUR"},
    }
