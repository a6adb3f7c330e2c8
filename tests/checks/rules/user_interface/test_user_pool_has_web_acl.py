"""A web ACL stands in front of the very pool, wherever the association is declared."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-UserPoolHasWebAcl"
ARN = {"Fn::GetAtt": ["Subject", "Arn"]}


def association(arn: object) -> dict[str, Any]:
    properties = {"ResourceArn": arn, "WebACLArn": "arn:aws:wafv2:us-east-1:123456789012:regional/webacl/a/1"}
    return {"Waf": {"Type": "AWS::WAFv2::WebACLAssociation", "Properties": properties}}


def test_an_association_with_the_pool_is_compliant(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, {}, others=association(ARN)), Compliant)


def test_an_association_in_another_stack_counts(ask: Callable[..., Answer]) -> None:
    here = {"Resources": association({"Fn::ImportValue": "Here:Arn"})}
    # The export of the resource itself is its Ref, which is the pool's id and not its ARN.
    wrong = {"Resources": association({"Fn::ImportValue": "Here:Subject"})}
    assert isinstance(ask(RULE, {}, elsewhere=wrong), NonCompliant)
    assert isinstance(ask(RULE, {}, elsewhere=here), Unknown)


@pytest.mark.parametrize("others", [{}, association("arn:aws:cognito-idp:us-east-1:1:userpool/other")])
def test_without_one_it_is_not(ask: Callable[..., Answer], others: dict[str, Any]) -> None:
    answer = ask(RULE, {}, others=others)
    assert isinstance(answer, NonCompliant)
    assert answer.property == "UserPoolName"


def test_a_token_is_unknown(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, {}, others=association({"Ref": "Given"})), Unknown)
