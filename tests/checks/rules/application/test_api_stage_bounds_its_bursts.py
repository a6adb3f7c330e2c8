"""Api stage bounds its bursts."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-ApiStageBoundsItsBursts"


def burst(limit: object) -> dict[str, Any]:
    """A stage with a burst for all of its methods."""
    every = {"HttpMethod": "*", "ResourcePath": "/*", "ThrottlingRateLimit": 20}
    more = {} if limit is None else {"ThrottlingBurstLimit": limit}
    return {"properties": {"MethodSettings": [{**every, **more}]}}


@pytest.mark.parametrize("case", [{"properties": {}}, burst(40), burst("1000"), burst(None)])
def test_what_is_sound_is_left_alone(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Compliant | NotApplicable)


@pytest.mark.parametrize("case", [burst(1001), burst("40000")])
def test_what_breaks_the_promise_is_found(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NonCompliant)


@pytest.mark.parametrize(
    "case", [burst({"Ref": "Given"}), {"properties": {"MethodSettings": [{"Ref": "Given"}]}}]
)
def test_what_only_a_deployment_knows_is_unknown(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Unknown)
