"""A function that cannot be undone asks first."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-AgentAsksBeforeItActs"


def _agent(*functions: object) -> dict[str, Any]:
    return {"ActionGroups": [{"FunctionSchema": {"Functions": list(functions)}}]}


@pytest.mark.parametrize("name", ["refund", "delete_account", "cancelOrder", "TransferMoney"])
@pytest.mark.parametrize("more", [{}, {"RequireConfirmation": "DISABLED"}])
def test_who_acts_without_asking_is_found(
    ask: Callable[..., Answer], name: str, more: dict[str, str]
) -> None:
    answer = ask(RULE, _agent({"Name": "find_order"}, {"Name": name, **more}))
    assert isinstance(answer, NonCompliant)
    assert answer.property == "ActionGroups.0.FunctionSchema.Functions.1.RequireConfirmation"
    assert isinstance(ask(RULE, _agent({"Name": name, "RequireConfirmation": "ENABLED"})), Compliant)


@pytest.mark.parametrize(
    "properties", [{}, _agent({"Name": "list_refunds"}), _agent({"Name": {"Ref": "Given"}})]
)
def test_who_reads_is_not_asked(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), NotApplicable)


@pytest.mark.parametrize(
    "properties",
    [{"ActionGroups": {"Ref": "Given"}}, _agent({"Name": "pay", "RequireConfirmation": {"Ref": "Given"}})],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Unknown)
