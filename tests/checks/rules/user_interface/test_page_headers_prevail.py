"""A header that yields to the origin is found, whichever it is."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-PageHeadersPrevail"
HEADERS = "ResponseHeadersPolicyConfig.SecurityHeadersConfig"
ALL: dict[str, Any] = {
    "ContentSecurityPolicy": {"ContentSecurityPolicy": "default-src 'self'", "Override": True},
    "ContentTypeOptions": {"Override": True},
    "FrameOptions": {"FrameOption": "DENY", "Override": True},
    "ReferrerPolicy": {"ReferrerPolicy": "no-referrer", "Override": True},
    "StrictTransportSecurity": {"AccessControlMaxAgeSec": 31536000, "Override": True},
}


def policy(headers: object) -> dict[str, Any]:
    return {"ResponseHeadersPolicyConfig": {"SecurityHeadersConfig": headers}}


def test_headers_that_prevail_are_compliant(ask: Callable[..., Answer]) -> None:
    old = {"XSSProtection": {"Protection": False, "Override": False}}
    assert isinstance(ask(RULE, policy({**ALL, **old})), Compliant)


@pytest.mark.parametrize("name", ALL)
def test_a_header_that_yields_is_named(ask: Callable[..., Answer], name: str) -> None:
    answer = ask(RULE, policy({**ALL, name: {**ALL[name], "Override": False}}))
    assert isinstance(answer, NonCompliant)
    assert answer.property == f"{HEADERS}.{name}.Override"


@pytest.mark.parametrize("properties", [{}, policy({})])
def test_a_policy_about_something_else_is_left_alone(
    ask: Callable[..., Answer], properties: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, properties), NotApplicable)


@pytest.mark.parametrize("headers", [{"Ref": "Given"}, {"FrameOptions": {"Override": {"Ref": "Given"}}}])
def test_a_token_is_unknown(ask: Callable[..., Answer], headers: object) -> None:
    assert isinstance(ask(RULE, policy(headers)), Unknown)
