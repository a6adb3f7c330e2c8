"""A behavior without the headers that the default one sends is found."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable

RULE = "OwaspLlm-EveryBehaviorSendsHeaders"
SENDING = {"ResponseHeadersPolicyId": "67f7725c-6f97-4210-82d7-5512b31e9d03"}


def site(default: dict[str, Any], *others: dict[str, Any]) -> dict[str, Any]:
    behaviors = [{"PathPattern": f"/{number}/*", **each} for number, each in enumerate(others)]
    return {"DistributionConfig": {"DefaultCacheBehavior": default, "CacheBehaviors": behaviors}}


def test_headers_on_every_behavior_are_compliant(ask: Callable[..., Answer]) -> None:
    given = {"ResponseHeadersPolicyId": {"Ref": "Given"}}
    assert isinstance(ask(RULE, site(SENDING, SENDING, given)), Compliant)


def test_the_behavior_without_is_named(ask: Callable[..., Answer]) -> None:
    answer = ask(RULE, site(SENDING, SENDING, {}))
    assert isinstance(answer, NonCompliant)
    assert answer.property == "DistributionConfig.CacheBehaviors.1.ResponseHeadersPolicyId"


@pytest.mark.parametrize("properties", [site({}, {}), site(SENDING)])
def test_a_distribution_without_headers_or_with_one_behavior_is_left_alone(
    ask: Callable[..., Answer], properties: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, properties), NotApplicable)
