"""Who needs some actions of a service is allowed these."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-ServiceActionsAreNamed"


def policy(action: object, effect: str = "Allow") -> dict[str, Any]:
    statement = {"Effect": effect, "Action": action, "Resource": "*"}
    return {"PolicyDocument": {"Statement": [statement]}}


def asked(ask: Callable[..., Answer], properties: dict[str, Any]) -> Answer:
    return ask(RULE, properties, resource_type="AWS::IAM::Policy")


@pytest.mark.parametrize(
    "action", ["logs:*", ["xray:PutTraceSegments", "xray:*"], "Textract:*", "bedrock-agentcore:*"]
)
def test_a_whole_service_is_found(ask: Callable[..., Answer], action: object) -> None:
    assert isinstance(asked(ask, policy(action)), NonCompliant)


@pytest.mark.parametrize(
    "action",
    [
        ["logs:PutLogEvents", "xray:Put*"],
        "logs:Create*",
        # These have rules of their own.
        ["s3:*", "bedrock:*", "*"],
        # What AWS's agent on a machine needs.
        ["ssmmessages:*", "ec2messages:*"],
    ],
)
def test_a_choice_of_actions_is_compliant(ask: Callable[..., Answer], action: object) -> None:
    assert isinstance(asked(ask, policy(action)), Compliant)


def test_an_action_that_is_given_is_unknown(ask: Callable[..., Answer]) -> None:
    assert isinstance(asked(ask, policy({"Ref": "Given"})), Unknown)


def test_a_deny_is_not_asked(ask: Callable[..., Answer]) -> None:
    assert isinstance(asked(ask, policy("logs:*", "Deny")), NotApplicable)
