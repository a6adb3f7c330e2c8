"""The only role without a boundary is found; where several have none, none is."""

from collections.abc import Callable
from typing import Any

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-RoleIsBoundedLikeItsSiblings"
BOUNDED = {"PermissionsBoundary": "arn:aws:iam::111122223333:policy/boundary"}


def roles(number: int, properties: dict[str, Any], prefix: str = "R") -> dict[str, Any]:
    return {f"{prefix}{i}": {"Type": "AWS::IAM::Role", "Properties": properties} for i in range(number)}


def test_a_role_with_a_boundary_is_compliant(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, BOUNDED, others=roles(3, BOUNDED)), Compliant)


def test_the_only_one_without_is_not(ask: Callable[..., Answer]) -> None:
    answer = ask(RULE, {}, others=roles(3, BOUNDED))
    assert isinstance(answer, NonCompliant)
    assert answer.property == "PermissionsBoundary"


def test_one_of_two_without_is_left_alone(ask: Callable[..., Answer]) -> None:
    others = {**roles(9, BOUNDED), **roles(1, {}, prefix="Bare")}
    assert isinstance(ask(RULE, {}, others=others), NotApplicable)


def test_one_of_two_in_forty_is_not(ask: Callable[..., Answer]) -> None:
    others = {**roles(38, BOUNDED), **roles(1, {}, prefix="Bare")}
    assert isinstance(ask(RULE, {}, others=others), NonCompliant)


def test_two_others_make_no_practice(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, {}, others=roles(2, BOUNDED)), NotApplicable)


def test_a_token_is_unknown(ask: Callable[..., Answer]) -> None:
    given = {"PermissionsBoundary": {"Ref": "Given"}}
    assert isinstance(ask(RULE, given, others=roles(3, BOUNDED)), Unknown)
