"""Web acl groups see every request."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-WebAclGroupsSeeEveryRequest"
PATH: dict[str, Any] = {"ByteMatchStatement": {"FieldToMatch": {"UriPath": {}}, "SearchString": "/login"}}


def acl(*rules: object, **more: object) -> dict[str, Any]:
    """A web ACL with these rules."""
    return {"properties": {"DefaultAction": {"Allow": {}}, "Rules": list(rules), **more}}


def group(scope: object, name: str = "AWSManagedRulesCommonRuleSet") -> dict[str, Any]:
    """A managed group of AWS with a scope."""
    statement: dict[str, Any] = {"VendorName": "AWS", "Name": name}
    if scope is not None:
        statement["ScopeDownStatement"] = scope
    return {"OverrideAction": {"None": {}}, "Statement": {"ManagedRuleGroupStatement": statement}}


@pytest.mark.parametrize(
    "case",
    [
        acl(),
        acl(group(None)),
        acl(group({"NotStatement": {"Statement": PATH}})),
        acl(group(PATH, "AWSManagedRulesBotControlRuleSet")),
    ],
)
def test_what_is_sound_is_left_alone(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Compliant | NotApplicable)


@pytest.mark.parametrize(
    "case", [acl(group(PATH)), acl(group(None), group({"AndStatement": {"Statements": [PATH, PATH]}}))]
)
def test_what_breaks_the_promise_is_found(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NonCompliant)


@pytest.mark.parametrize("case", [acl(group({"Ref": "Given"}))])
def test_what_only_a_deployment_knows_is_unknown(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Unknown)
