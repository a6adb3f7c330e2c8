"""A year of HTTPS, said by a policy of one's own or a managed one."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-DistributionPinsHttps"


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


def hsts(age: object) -> dict[str, Any]:
    return headers(StrictTransportSecurity={"AccessControlMaxAgeSec": age, "Override": True})


@pytest.mark.parametrize("age", [31_536_000, "63072000"])
def test_a_year_is_compliant(ask: Callable[..., Answer], age: object) -> None:
    assert isinstance(ask(RULE, OURS, others=hsts(age)), Compliant)


def test_a_managed_policy_with_security_headers_is(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, with_policy("67f7725c-6f97-4210-82d7-5512b31e9d03")), Compliant)


@pytest.mark.parametrize("age", [0, 300, "31535999"])
def test_a_shorter_time_is_not(ask: Callable[..., Answer], age: object) -> None:
    assert isinstance(ask(RULE, OURS, others=hsts(age)), NonCompliant)


@pytest.mark.parametrize("policy", [None, "60669652-455b-4ae9-85a4-c4c02393f86c"])
def test_no_policy_or_one_without_the_header_is_not(ask: Callable[..., Answer], policy: object) -> None:
    assert isinstance(ask(RULE, with_policy(policy)), NonCompliant)


def test_other_headers_alone_are_not(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, OURS, others=headers(FrameOptions={"FrameOption": "DENY"})), NonCompliant)


def test_a_token_is_unknown(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, OURS, others=hsts({"Ref": "Given"})), Unknown)
    assert isinstance(ask(RULE, with_policy({"Ref": "Given"})), Unknown)
