"""The browser runs the page's own files and nothing else, and markup passes the sanitizer only."""

from collections.abc import Callable
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk.assertions import Template

from genai_defense.user_interface import PageHeaders
from genai_defense.user_interface.page_headers import content_security_policy

Synth = Callable[[], Template]
SIGN_IN = "https://sign-in.example.com"


def _directives() -> dict[str, list[str]]:
    split = [entry.split() for entry in content_security_policy([SIGN_IN]).split("; ")]
    return {name: values for name, *values in split}


@pytest.fixture
def config(stack: cdk.Stack, template: Synth) -> dict[str, Any]:
    PageHeaders(stack, "Headers", connect_to=[SIGN_IN])
    (policy,) = template().find_resources("AWS::CloudFront::ResponseHeadersPolicy").values()
    found: dict[str, Any] = policy["Properties"]["ResponseHeadersPolicyConfig"]
    return found


def test_nothing_unsafe_nothing_inline_nothing_foreign() -> None:
    assert "unsafe" not in content_security_policy([SIGN_IN])
    directives = _directives()
    assert directives["default-src"] == ["'none'"]
    assert {name: directives[name] for name in ("script-src", "style-src", "img-src")} == {
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
    }
    assert directives["connect-src"] == ["'self'", SIGN_IN]
    assert {name for name, values in directives.items() if values == ["'none'"]} == {
        "default-src",
        "base-uri",
        "form-action",
        "frame-ancestors",
    }


def test_text_becomes_markup_in_one_named_place_only() -> None:
    assert _directives()["require-trusted-types-for"] == ["'script'"]
    assert _directives()["trusted-types"] == ["dompurify"]


def test_the_browser_comes_back_by_https_for_two_years(config: dict[str, Any]) -> None:
    assert config["SecurityHeadersConfig"]["StrictTransportSecurity"] == {
        "AccessControlMaxAgeSec": 63_072_000,
        "IncludeSubdomains": True,
        "Override": True,
        "Preload": True,
    }


def test_no_frame_no_referrer_no_guessing(config: dict[str, Any]) -> None:
    security = config["SecurityHeadersConfig"]
    assert security["FrameOptions"] == {"FrameOption": "DENY", "Override": True}
    assert security["ReferrerPolicy"] == {"ReferrerPolicy": "no-referrer", "Override": True}
    assert security["ContentTypeOptions"] == {"Override": True}


def test_no_device_and_no_other_window(config: dict[str, Any]) -> None:
    custom = {entry["Header"]: entry["Value"] for entry in config["CustomHeadersConfig"]["Items"]}
    for device in ("camera", "microphone", "geolocation", "usb", "payment"):
        assert f"{device}=()" in custom["Permissions-Policy"].split(", ")
    assert custom["Cross-Origin-Opener-Policy"] == "same-origin"
    assert custom["Cross-Origin-Resource-Policy"] == "same-origin"


def test_there_is_no_cors_and_no_key_in_an_answer(config: dict[str, Any]) -> None:
    assert "CorsConfig" not in config
    removed = {entry["Header"] for entry in config["RemoveHeadersConfig"]["Items"]}
    assert "x-amz-server-side-encryption-aws-kms-key-id" in removed
