"""A content security policy that lets inline code run is found, however it is written."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-DistributionForbidsInlineCode"


def headers(**security: object) -> dict[str, Any]:
    config = {"SecurityHeadersConfig": security}
    return {
        "Headers": {
            "Type": "AWS::CloudFront::ResponseHeadersPolicy",
            "Properties": {"ResponseHeadersPolicyConfig": config},
        }
    }


def with_policy(policy: object) -> dict[str, Any]:
    return {"DistributionConfig": {"DefaultCacheBehavior": {"ResponseHeadersPolicyId": policy}}}


OURS = with_policy({"Ref": "Headers"})


def csp(policy: object) -> dict[str, Any]:
    return headers(ContentSecurityPolicy={"ContentSecurityPolicy": policy, "Override": True})


@pytest.mark.parametrize(
    "policy",
    [
        "default-src 'none'; script-src 'self'; require-trusted-types-for 'script'",
        "default-src 'self'",
        {
            "Fn::Join": [
                "",
                ["script-src 'self'; connect-src https://", {"Ref": "AWS::Region"}, ".example.com"],
            ]
        },
    ],
)
def test_named_script_sources_are_compliant(ask: Callable[..., Answer], policy: object) -> None:
    assert isinstance(ask(RULE, OURS, others=csp(policy)), Compliant)


@pytest.mark.parametrize(
    "policy",
    [
        "script-src 'self' 'unsafe-inline'",
        "script-src 'self' 'unsafe-eval'",
        "script-src 'self'; style-src 'unsafe-inline'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "script-src *",
        "default-src https:",
        "script-src 'self' data:",
        "img-src 'self'",
        "",
        {"Fn::Join": ["", ["script-src 'unsafe-inline'; connect-src ", {"Ref": "AWS::Region"}]]},
    ],
)
def test_an_open_policy_is_not(ask: Callable[..., Answer], policy: object) -> None:
    assert isinstance(ask(RULE, OURS, others=csp(policy)), NonCompliant)


@pytest.mark.parametrize("policy", [None, "67f7725c-6f97-4210-82d7-5512b31e9d03", ""])
def test_no_policy_of_ones_own_is_not(ask: Callable[..., Answer], policy: object) -> None:
    """None of CloudFront's managed policies has a content security policy."""
    assert isinstance(ask(RULE, with_policy(policy)), NonCompliant)


def test_other_headers_alone_are_not(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, OURS, others=headers(FrameOptions={"FrameOption": "DENY"})), NonCompliant)


@pytest.mark.parametrize("policy", [{"Ref": "Given"}, {"Fn::Sub": "script-src 'self' ${Given}"}])
def test_a_token_in_the_policy_is_unknown(ask: Callable[..., Answer], policy: object) -> None:
    assert isinstance(ask(RULE, OURS, others=csp(policy)), Unknown)


def test_a_token_in_place_of_the_policy_is_unknown(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, with_policy({"Ref": "Given"})), Unknown)
