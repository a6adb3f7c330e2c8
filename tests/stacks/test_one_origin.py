"""Page, API and sign-in as the stacks put them together: one origin, one secret, one way back."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from genai_defense.user_interface.chat_page_files import chat_page_folders
from genai_defense.user_interface.page_headers import TRUSTED_TYPES

Resources = Callable[[str], list[dict[str, Any]]]
TemplateOf = Callable[[str], dict[str, Any]]


@pytest.fixture
def distribution(resources: Resources) -> dict[str, Any]:
    (found,) = resources("AWS::CloudFront::Distribution")
    config: dict[str, Any] = found["Properties"]["DistributionConfig"]
    return config


def _page_sources(*patterns: str) -> str:
    return "".join(
        path.read_text() for folder in chat_page_folders() for p in patterns for path in folder.rglob(p)
    )


def test_the_api_takes_the_very_secret_that_the_distribution_sends(
    distribution: dict[str, Any], template_of: TemplateOf
) -> None:
    (sent,) = [
        header["HeaderValue"]["Fn::Join"][1][1]["Fn::ImportValue"]
        for origin in distribution["Origins"]
        for header in origin.get("OriginCustomHeaders", [])
        if header["HeaderName"] == "x-origin-verify"
    ]
    user_interface = template_of("UserInterface")
    (secret,) = [
        output["Value"]["Ref"]
        for output in user_interface["Outputs"].values()
        if output.get("Export", {}).get("Name") == sent
    ]
    protecting = [
        name
        for name, entry in user_interface["Resources"].items()
        if entry["Type"] == "AWS::WAFv2::WebACL" and f'"Ref": "{secret}"' in json.dumps(entry)
    ]
    stage = json.dumps(
        [
            entry["Properties"]
            for entry in template_of("Application")["Resources"].values()
            if entry["Type"] == "AWS::WAFv2::WebACLAssociation"
        ]
    )
    assert len(protecting) == 1
    assert protecting[0] in stage


def test_no_answer_is_open_to_other_origins(assembly: Path) -> None:
    for path in assembly.glob("*.template.json"):
        template = json.loads(path.read_text())
        assert "access-control-allow-origin" not in json.dumps(template).lower()
        for entry in template["Resources"].values():
            assert entry.get("Properties", {}).get("HttpMethod") != "OPTIONS"
            assert not {"Cors", "CorsConfiguration"} & set(entry.get("Properties", {}))


def test_users_come_back_to_the_distribution(
    distribution: dict[str, Any], resources: Resources, profile: str
) -> None:
    (client,) = resources("AWS::Cognito::UserPoolClient")
    first = client["Properties"]["CallbackURLs"][0]
    assert client["Properties"]["LogoutURLs"][0] == first
    if profile == "prod":
        assert first == f"https://{distribution['Aliases'][0]}/"
    else:
        assert "DomainName" in json.dumps(first)


def test_prod_takes_tls_1_2_and_dev_says_that_it_does_not(
    distribution: dict[str, Any], template_of: TemplateOf, profile: str
) -> None:
    said = template_of("Distribution")["Outputs"]["DistributionLeastTls"]["Value"]
    if profile == "prod":
        assert distribution["ViewerCertificate"]["MinimumProtocolVersion"] == said == "TLSv1.2_2021"
    else:
        assert "ViewerCertificate" not in distribution
        assert said.startswith("TLSv1 (")


def test_the_page_may_call_the_sign_in_and_nobody_else(resources: Resources) -> None:
    (policy,) = resources("AWS::CloudFront::ResponseHeadersPolicy")
    security = policy["Properties"]["ResponseHeadersPolicyConfig"]["SecurityHeadersConfig"]
    _, parts = security["ContentSecurityPolicy"]["ContentSecurityPolicy"]["Fn::Join"]
    written = "".join(part if isinstance(part, str) else "PREFIX" for part in parts)
    (allowed,) = re.findall(r"connect-src ([^;]*)", written)
    assert allowed == "'self' https://PREFIX.auth.us-east-1.amazoncognito.com"


def test_the_policies_that_the_page_creates_are_the_ones_that_it_may() -> None:
    created = set(re.findall(r"""createPolicy\(["']([\w-]+)["']""", _page_sources("*.js")))
    # DOMPurify builds the name of its own policy.
    assert created | {"dompurify"} == set(TRUSTED_TYPES)


def test_the_page_is_told_what_it_asks_for(resources: Resources) -> None:
    (page,) = resources("Custom::ChatPage")
    told = set(page["Properties"]["Config"])
    asked = set(re.findall(r"given\.(\w+)", _page_sources("config.js")))
    assert asked <= told
