"""One budget of a deployment with models counts them."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-BudgetCountsModels"
_MODELS: dict[str, Any] = {"Agent": {"Type": "AWS::Bedrock::Agent", "Properties": {}}}


def _budget(*services: object) -> dict[str, Any]:
    return {"Budget": {"BudgetType": "COST", "CostFilters": {"Service": list(services)}}}


def test_a_budget_of_something_else_is_found(ask: Callable[..., Answer]) -> None:
    answer = ask(RULE, _budget("Amazon Chime"), others=_MODELS)
    assert isinstance(answer, NonCompliant)
    assert answer.property == "Budget.CostFilters.Service"


@pytest.mark.parametrize("other", [{"Budget": {"BudgetType": "COST"}}, _budget("Amazon SageMaker")])
def test_another_budget_may_count_them(ask: Callable[..., Answer], other: dict[str, Any]) -> None:
    others = _MODELS | {"Other": {"Type": "AWS::Budgets::Budget", "Properties": other}}
    assert isinstance(ask(RULE, _budget("Amazon Chime"), others=others), Compliant)
    assert isinstance(ask(RULE, _budget("Amazon Chime", "Amazon Bedrock"), others=_MODELS), Compliant)


def test_without_models_or_filter_it_says_nothing(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, _budget("Amazon Chime")), NotApplicable)
    assert isinstance(ask(RULE, {"Budget": {"BudgetType": "COST"}}, others=_MODELS), NotApplicable)


def test_a_token_is_unknown(ask: Callable[..., Answer]) -> None:
    given = {"Budget": {"CostFilters": {"Service": {"Ref": "Given"}}}}
    assert isinstance(ask(RULE, given, others=_MODELS), Unknown)
