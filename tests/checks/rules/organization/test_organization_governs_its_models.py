"""A way to models past the controls is found, where a set of policies governs an organization."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from tests.checks.rules.organization.governed import organization

RULE = "OwaspLlm-OrganizationGovernsItsModels"
Ask = Callable[..., Answer]


def asked(ask: Ask, policies: dict[str, dict[str, Any]]) -> Answer:
    own = policies.pop("Subject")
    return ask(RULE, own["Properties"], others=policies)


def statements(policies: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = policies["Subject"]["Properties"]["Content"]["Statement"]
    return listed


def test_whoever_denies_every_way_is_compliant(ask: Ask) -> None:
    assert isinstance(asked(ask, organization()), Compliant)


@pytest.mark.parametrize("number", range(len(statements(organization()))))
def test_each_deny_is_missed(ask: Ask, number: int) -> None:
    policies = organization()
    del statements(policies)[number]
    assert isinstance(asked(ask, policies), NonCompliant)


def test_one_action_is_missed(ask: Ask) -> None:
    policies = organization()
    statements(policies)[3]["Action"].remove("bedrock:InvokeFlow")
    answer = asked(ask, policies)
    assert isinstance(answer, NonCompliant)
    assert "bedrock:InvokeFlow" in answer.message


def test_a_pattern_for_every_model_approves_none(ask: Ask) -> None:
    policies = organization()
    statements(policies)[1]["NotResource"] = ["arn:*:bedrock:*::foundation-model/*"]
    assert isinstance(asked(ask, policies), NonCompliant)


def test_what_holds_in_other_regions_only_does_not_count(ask: Ask) -> None:
    policies = organization()
    statements(policies)[3]["Condition"] = {"StringNotEquals": {"aws:RequestedRegion": "us-east-1"}}
    assert isinstance(asked(ask, policies), NonCompliant)


def test_two_policies_and_policies_about_something_else_are_not_asked(ask: Ask) -> None:
    few = organization()
    del few["Perimeter"], few["Training"]
    assert isinstance(asked(ask, few), NotApplicable)
    other = organization()
    other["Subject"]["Properties"]["Content"] = {"Statement": []}
    assert isinstance(asked(ask, other), NotApplicable)


def test_a_policy_that_is_not_spelt_out_is_unknown(ask: Ask) -> None:
    policies = organization()
    policies["Perimeter"]["Properties"]["Content"] = {"Ref": "Given"}
    del statements(policies)[0]
    assert isinstance(asked(ask, policies), Unknown)
