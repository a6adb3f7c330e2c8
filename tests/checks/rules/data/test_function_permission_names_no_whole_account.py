"""Function permission names no whole account."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-FunctionPermissionNamesNoWholeAccount"


def by(principal: object, **more: object) -> dict[str, Any]:
    """A permission for a principal."""
    return {
        "properties": {"FunctionName": "f", "Action": "lambda:InvokeFunction", "Principal": principal, **more}
    }


@pytest.mark.parametrize(
    "case",
    [
        by("s3.amazonaws.com"),
        by({"Ref": "AWS::AccountId"}),
        by("arn:aws:iam::111122223333:role/caller"),
        by("111122223333", SourceArn="arn:aws:sns:eu-central-1:111122223333:topic"),
    ],
)
def test_what_is_sound_is_left_alone(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Compliant | NotApplicable)


@pytest.mark.parametrize("case", [by("111122223333"), by("arn:aws:iam::111122223333:root")])
def test_what_breaks_the_promise_is_found(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NonCompliant)


@pytest.mark.parametrize("case", [by({"Ref": "Given"})])
def test_what_only_a_deployment_knows_is_unknown(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Unknown)
