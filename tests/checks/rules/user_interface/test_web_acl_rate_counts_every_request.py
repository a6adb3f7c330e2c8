"""Web acl rate counts every request."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-WebAclRateCountsEveryRequest"
PATH: dict[str, Any] = {"ByteMatchStatement": {"FieldToMatch": {"UriPath": {}}, "SearchString": "/chat"}}


def acl(*rules: object, **more: object) -> dict[str, Any]:
    """A web ACL with these rules."""
    return {"properties": {"DefaultAction": {"Allow": {}}, "Rules": list(rules), **more}}


def rate(scope: object, action: str = "Block") -> dict[str, Any]:
    """A rate with a scope."""
    body: dict[str, Any] = {"Limit": 100, "AggregateKeyType": "IP"}
    if scope is not None:
        body["ScopeDownStatement"] = scope
    return {"Action": {action: {}}, "Statement": {"RateBasedStatement": body}}


@pytest.mark.parametrize(
    "case",
    [acl(), acl(rate(None)), acl(rate(PATH), rate(None)), acl(rate({"NotStatement": {"Statement": PATH}}))],
)
def test_what_is_sound_is_left_alone(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Compliant | NotApplicable)


@pytest.mark.parametrize("case", [acl(rate(PATH)), acl(rate(PATH), rate(None, "Count"))])
def test_what_breaks_the_promise_is_found(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NonCompliant)


@pytest.mark.parametrize("case", [acl(rate({"Ref": "Given"})), acl(rate(PATH), {"Action": {"Ref": "Given"}})])
def test_what_only_a_deployment_knows_is_unknown(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Unknown)
