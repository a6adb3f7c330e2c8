"""Web acl rules are measured."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-WebAclRulesAreMeasured"


def acl(*rules: object, **more: object) -> dict[str, Any]:
    """A web ACL with these rules."""
    return {"properties": {"DefaultAction": {"Allow": {}}, "Rules": list(rules), **more}}


def seen(measured: object) -> dict[str, Any]:
    """What can be seen of a rule."""
    return {"VisibilityConfig": {"CloudWatchMetricsEnabled": measured, "MetricName": "m"}}


@pytest.mark.parametrize("case", [acl(), acl(seen(True), **seen(True))])
def test_what_is_sound_is_left_alone(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Compliant | NotApplicable)


@pytest.mark.parametrize("case", [acl(seen(False)), acl(seen(True), **seen(False))])
def test_what_breaks_the_promise_is_found(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NonCompliant)


@pytest.mark.parametrize("case", [acl(seen({"Ref": "Given"})), acl({"Ref": "Given"})])
def test_what_only_a_deployment_knows_is_unknown(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Unknown)
