"""A boundary refuses changes of guardrails by a Deny, not by silence."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-BoundaryDeniesGuardrailChanges"


BOUNDED = {"Role": {"Type": "AWS::IAM::Role", "Properties": {"PermissionsBoundary": {"Ref": "Subject"}}}}
ALLOW = {"Effect": "Allow", "Action": "bedrock:InvokeModel", "Resource": "*"}
DENY: dict[str, Any] = {
    "Effect": "Deny",
    "Action": ["bedrock:*Guardrail*", "bedrock:*ResourcePolicy", "bedrock:CallWithBearerToken"],
    "Resource": "*",
}


def boundary(*statements: object) -> dict[str, Any]:
    return {"PolicyDocument": {"Statement": list(statements)}}


@pytest.mark.parametrize(
    "deny", [DENY, {**DENY, "Action": None, "NotAction": ["bedrock:InvokeModel", "s3:*"]}]
)
def test_a_deny_of_every_change_is_compliant(ask: Callable[..., Answer], deny: object) -> None:
    assert isinstance(ask(RULE, boundary(ALLOW, deny), others=BOUNDED), Compliant)


@pytest.mark.parametrize(
    "statements",
    [
        [ALLOW],
        [ALLOW, {**DENY, "Action": []}],
        [ALLOW, {**DENY, "Action": "bedrock:UpdateGuardrail"}],
        [ALLOW, {**DENY, "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "false"}}}],
        [ALLOW, {**DENY, "Resource": "arn:aws:bedrock:eu-west-1:1:guardrail/one"}],
        [ALLOW, {**DENY, "Effect": "Allow"}],
        [ALLOW, {**DENY, "Action": None, "NotAction": ["bedrock:*"]}],
    ],
)
def test_a_boundary_that_leaves_one_open_is_not(ask: Callable[..., Answer], statements: list[Any]) -> None:
    assert isinstance(ask(RULE, boundary(*statements), others=BOUNDED), NonCompliant)


def test_a_token_is_unknown(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, boundary(ALLOW, {"Ref": "Given"}), others=BOUNDED), Unknown)


def test_a_policy_that_bounds_nobody_is_not_asked(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, boundary(ALLOW)), NotApplicable)
