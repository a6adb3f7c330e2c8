"""A Deny of what is unknown that leaves out what has no mark is found."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable

RULE = "OwaspLlm-DenyHoldsWithoutTheKey"
Ask = Callable[..., Answer]


def deny(**conditions: object) -> dict[str, Any]:
    statement = {"Effect": "Deny", "Action": "s3:*", "Resource": "*", "Condition": conditions}
    return {"Content": {"Statement": [statement]}, "Type": "RESOURCE_CONTROL_POLICY"}


ORG = {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}
SCANNED = {"s3:ExistingObjectTag/GuardDutyMalwareScanStatus": "NO_THREATS_FOUND"}


@pytest.mark.parametrize(
    "properties",
    [
        deny(StringNotEquals=ORG, Null={"aws:PrincipalOrgID": "false"}),
        deny(StringNotEqualsIfExists=ORG, Null={"AWS:principalorgid": False}),
        deny(StringNotEquals=SCANNED, Null={"s3:ExistingObjectTag/GuardDutyMalwareScanStatus": ["false"]}),
        deny(StringNotLike={"aws:PrincipalTag/team": "a-*"}, Null={"aws:PrincipalTag/team": "false"}),
    ],
)
def test_a_deny_of_marked_ones_only_is_found(ask: Ask, properties: dict[str, Any]) -> None:
    answer = ask(RULE, properties, resource_type="AWS::Organizations::Policy")
    assert isinstance(answer, NonCompliant)
    assert answer.property == "Content.Statement.0.Condition"


@pytest.mark.parametrize(
    "properties",
    [deny(StringNotEquals=ORG), deny(StringNotEquals=ORG, Null={"aws:SourceAccount": "false"})],
)
def test_a_deny_that_holds_without_a_mark_is_compliant(ask: Ask, properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties, resource_type="AWS::Organizations::Policy"), Compliant)


@pytest.mark.parametrize(
    "properties",
    [
        deny(),
        deny(Null={"aws:PrincipalTag/team": "true"}),
        deny(StringNotEqualsIfExists={"aws:SourceAccount": "1"}, Null={"aws:SourceAccount": "false"}),
        deny(StringNotEquals={"s3:x-amz-acl": "private"}, Null={"s3:x-amz-acl": "false"}),
        {"Content": {"Ref": "Given"}, "Type": "RESOURCE_CONTROL_POLICY"},
    ],
)
def test_keys_that_only_some_calls_have_are_not_asked(ask: Ask, properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties, resource_type="AWS::Organizations::Policy"), NotApplicable)
