"""Whom weakened policies let in."""

from typing import Any

import pytest

from genai_defense.mutation.mutant import mutants_of
from genai_defense.mutation.operators import load_operators

FOREIGN = "arn:aws:iam::999988887777:root"


def weakened(principal: object, condition: dict[str, Any] | None = None) -> list[str]:
    """The sentences of `policy-other-account` about a role with a principal."""
    statement: dict[str, Any] = {
        "Effect": "Allow",
        "Principal": {"AWS": principal},
        "Action": "sts:AssumeRole",
    }
    if condition:
        statement["Condition"] = condition
    role: dict[str, Any] = {"AssumeRolePolicyDocument": {"Statement": [statement]}}
    template = {"Resources": {"Role": {"Type": "AWS::IAM::Role", "Properties": role}}}
    chosen = [each for each in load_operators() if each.id == "policy-other-account"]
    return [mutant.sentence for mutant in mutants_of({"t": template}, chosen)]


def test_a_foreign_account_is_let_in_beside_who_is() -> None:
    assert weakened("arn:aws:iam::111122223333:role/chat") == [
        "Statement 1: a foreign account is a principal."
    ]


@pytest.mark.parametrize("principal", ["*", FOREIGN, ["arn:aws:iam::111122223333:role/chat", FOREIGN]])
def test_who_is_let_in_already_is_not_let_in_again(principal: object) -> None:
    assert weakened(principal) == []


def test_where_the_callers_account_is_demanded_a_foreign_one_gets_nowhere() -> None:
    own = {"StringEquals": {"aws:PrincipalAccount": "111122223333"}}
    assert weakened("arn:aws:iam::111122223333:role/chat", own) == []
    secret = {"StringEquals": {"sts:ExternalId": "7f3a"}}
    assert weakened("arn:aws:iam::111122223333:role/chat", secret) != []
