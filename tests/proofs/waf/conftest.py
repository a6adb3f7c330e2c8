"""Web ACLs of one rule, to ask about requests."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.proofs.waf import Entry, Request, WebAcl, WebAclEvaluator

Statement = dict[str, Any]


def rule(name: str, statement: Statement, priority: int = 0, **more: Any) -> dict[str, Any]:
    """A rule that blocks, unless `more` says otherwise."""
    return {"Name": name, "Priority": priority, "Statement": statement, "Action": {"Block": {}}, **more}


@pytest.fixture
def make_rule() -> Callable[..., dict[str, Any]]:
    """See `rule`."""
    return rule


@pytest.fixture
def web_acl() -> Callable[..., WebAclEvaluator]:
    """A web ACL in front of an API stage that allows what no rule stops."""

    def make(*rules: dict[str, Any], entry: Entry = Entry.API_GATEWAY, **more: Any) -> WebAclEvaluator:
        sets = {key: more.pop(key) for key in ("ip_sets", "regex_sets") if key in more}
        properties: dict[str, Any] = {"DefaultAction": {"Allow": {}}, "Rules": list(rules), **more}
        return WebAclEvaluator(WebAcl(properties=properties, entry=entry, **sets))

    return make


@pytest.fixture
def matches(web_acl: Callable[..., WebAclEvaluator]) -> Callable[..., bool]:
    """Whether a request matches one statement."""

    def ask(statement: Statement, request: Request | None = None, **more: Any) -> bool:
        verdict = web_acl(rule("Only", statement), **more).evaluate(request or Request())
        return verdict.rule == "Only"

    return ask
