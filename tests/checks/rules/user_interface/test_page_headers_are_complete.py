"""Of five security headers the one that is forgotten is found, and so is one that undoes another."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-PageHeadersAreComplete"
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


def test_all_five_are_compliant(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, policy(ALL)), Compliant)


@pytest.mark.parametrize("name", ALL)
def test_the_one_that_is_missing_is_named(ask: Callable[..., Answer], name: str) -> None:
    answer = ask(RULE, policy({key: value for key, value in ALL.items() if key != name}))
    assert isinstance(answer, NonCompliant)
    assert answer.property == f"{HEADERS}.{name}"


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"ReferrerPolicy": {"ReferrerPolicy": "unsafe-url", "Override": True}}, "ReferrerPolicy"),
        (
            {
                "FrameOptions": {"FrameOption": "SAMEORIGIN", "Override": True},
                "ContentSecurityPolicy": {"ContentSecurityPolicy": "frame-ancestors 'none'"},
            },
            "FrameOptions",
        ),
    ],
)
def test_a_header_that_tells_or_contradicts_is_found(
    ask: Callable[..., Answer], changes: dict[str, Any], name: str
) -> None:
    answer = ask(RULE, policy({**ALL, **changes}))
    assert isinstance(answer, NonCompliant)
    assert answer.property == f"{HEADERS}.{name}"


def test_whoever_frames_the_own_page_may(ask: Callable[..., Answer]) -> None:
    same = {"FrameOptions": {"FrameOption": "SAMEORIGIN", "Override": True}}
    assert isinstance(ask(RULE, policy({**ALL, **same})), Compliant)


@pytest.mark.parametrize("names", [(), ("ContentSecurityPolicy", "StrictTransportSecurity")])
def test_a_choice_of_few_is_left_alone(ask: Callable[..., Answer], names: tuple[str, ...]) -> None:
    assert isinstance(ask(RULE, policy({name: ALL[name] for name in names})), NotApplicable)


def test_a_token_is_unknown(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, policy({"Ref": "Given"})), Unknown)
