"""A perimeter with a hole is found, and so is none."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from tests.checks.rules.organization.governed import organization

RULE = "OwaspLlm-OrganizationKeepsStrangersOut"
Ask = Callable[..., Answer]


def asked(ask: Ask, policies: dict[str, dict[str, Any]]) -> Answer:
    own = policies.pop("Subject")
    return ask(RULE, own["Properties"], others=policies)


def perimeter(policies: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = policies["Perimeter"]["Properties"]["Content"]["Statement"]
    return listed


def test_a_whole_perimeter_is_compliant(ask: Ask) -> None:
    assert isinstance(asked(ask, organization()), Compliant)


def test_no_resource_control_policy_is_found(ask: Ask) -> None:
    policies = organization()
    del policies["Perimeter"]
    assert isinstance(asked(ask, policies), NonCompliant)


@pytest.mark.parametrize("number", range(3))
def test_each_statement_is_missed(ask: Ask, number: int) -> None:
    policies = organization()
    del perimeter(policies)[number]
    assert isinstance(asked(ask, policies), NonCompliant)


@pytest.mark.parametrize("number", range(3))
def test_a_service_that_one_statement_forgets_is_found(ask: Ask, number: int) -> None:
    policies = organization()
    perimeter(policies)[number]["Action"].remove("kms:*")
    answer = asked(ask, policies)
    assert isinstance(answer, NonCompliant)
    assert "kms" in answer.message


def test_single_actions_of_the_same_services_are_the_same(ask: Ask) -> None:
    policies = organization()
    perimeter(policies)[0]["Action"] = ["s3:GetObject", "s3:PutObject", "kms:Decrypt", "sqs:*"]
    assert isinstance(asked(ask, policies), Compliant)


def test_two_policies_are_not_asked(ask: Ask) -> None:
    policies = organization()
    del policies["Controls"], policies["Training"]
    assert isinstance(asked(ask, policies), NotApplicable)


def test_a_policy_that_is_not_spelt_out_is_unknown(ask: Ask) -> None:
    policies = organization()
    policies["Perimeter"]["Properties"]["Content"] = {"Ref": "Given"}
    assert isinstance(asked(ask, policies), Unknown)
