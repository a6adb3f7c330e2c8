"""A content security policy has a default that names hosts, or none."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-PageLoadsFromNamedHosts"


def policy(text: object) -> dict[str, Any]:
    header = {"ContentSecurityPolicy": text, "Override": True}
    return {"ResponseHeadersPolicyConfig": {"SecurityHeadersConfig": {"ContentSecurityPolicy": header}}}


@pytest.mark.parametrize(
    "text", ["default-src 'none'; script-src 'self'", "default-src 'self' https://a.example"]
)
def test_a_default_with_named_hosts_is_compliant(ask: Callable[..., Answer], text: str) -> None:
    assert isinstance(ask(RULE, policy(text)), Compliant)


@pytest.mark.parametrize(
    "text", ["script-src 'self'", "default-src *", "default-src 'self' https:; img-src 'self'"]
)
def test_no_default_or_an_open_one_is_found(ask: Callable[..., Answer], text: str) -> None:
    assert isinstance(ask(RULE, policy(text)), NonCompliant)


@pytest.mark.parametrize("text", [None, "frame-ancestors 'none'; upgrade-insecure-requests"])
def test_a_policy_without_sources_is_left_alone(ask: Callable[..., Answer], text: object) -> None:
    assert isinstance(ask(RULE, policy(text)), NotApplicable)


def test_a_token_is_unknown(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, policy({"Ref": "Given"})), Unknown)
