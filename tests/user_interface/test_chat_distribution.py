"""One origin for page and API: private files, uncached API, HTTPS, and a proof that only CloudFront adds."""

from collections.abc import Callable
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk.assertions import Template

from genai_defense.user_interface import ChatDistribution, DistributionReach

Synth = Callable[[], Template]
Distribute = Callable[..., ChatDistribution]
CERTIFICATE = "arn:aws:acm:us-east-1:111122223333:certificate/11111111-2222-3333-4444-555555555555"


def _config(template: Synth) -> dict[str, Any]:
    (distribution,) = template().find_resources("AWS::CloudFront::Distribution").values()
    config: dict[str, Any] = distribution["Properties"]["DistributionConfig"]
    return config


def _origin(config: dict[str, Any], behavior: dict[str, Any]) -> dict[str, Any]:
    (origin,) = [entry for entry in config["Origins"] if entry["Id"] == behavior["TargetOriginId"]]
    found: dict[str, Any] = origin
    return found


def test_page_and_api_are_one_origin(distribute: Distribute, template: Synth) -> None:
    distribute()
    config = _config(template)
    (api,) = config["CacheBehaviors"]
    assert (api["PathPattern"], config["DefaultRootObject"]) == ("/api/*", "index.html")
    assert "execute-api" in str(_origin(config, api)["DomainName"])
    assert _origin(config, api)["OriginPath"]["Fn::Join"][1][0] == "/"
    assert "S3OriginConfig" in _origin(config, config["DefaultCacheBehavior"])


def test_the_page_comes_from_the_bucket_through_origin_access_control(
    distribute: Distribute, template: Synth
) -> None:
    distribute()
    config = _config(template)
    assert _origin(config, config["DefaultCacheBehavior"])["OriginAccessControlId"]
    template().has_resource_properties(
        "AWS::CloudFront::OriginAccessControl",
        {"OriginAccessControlConfig": {"SigningBehavior": "always", "SigningProtocol": "sigv4"}},
    )


def test_the_api_gets_the_proof_from_the_secret_and_not_from_the_template(
    distribute: Distribute, template: Synth
) -> None:
    distribute()
    config = _config(template)
    (header,) = _origin(config, config["CacheBehaviors"][0])["OriginCustomHeaders"]
    assert header["HeaderName"] == "x-origin-verify"
    assert "{{resolve:secretsmanager:" in str(header["HeaderValue"])
    assert all(
        "OriginCustomHeaders" not in origin for origin in config["Origins"] if "S3OriginConfig" in origin
    )


def test_nothing_of_the_api_is_cached_compressed_or_held_back(
    distribute: Distribute, template: Synth
) -> None:
    distribute()
    (api,) = _config(template)["CacheBehaviors"]
    assert api["CachePolicyId"] == "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"  # CachingDisabled
    assert api["OriginRequestPolicyId"] == "b689b0a8-53d0-40ab-baf2-68738e2966ac"  # AllViewerExceptHostHeader
    assert api["Compress"] is False
    assert {"POST", "DELETE"} <= set(api["AllowedMethods"])


def test_an_error_of_one_user_is_never_shown_to_another(distribute: Distribute, template: Synth) -> None:
    distribute()
    errors = _config(template)["CustomErrorResponses"]
    assert {entry["ErrorCode"] for entry in errors} >= {400, 403, 404, 500, 502, 503, 504}
    assert {entry["ErrorCachingMinTTL"] for entry in errors} == {0}
    assert all(set(entry) == {"ErrorCode", "ErrorCachingMinTTL"} for entry in errors)


def test_everything_is_https_up_to_http_3(distribute: Distribute, template: Synth) -> None:
    distribute()
    config = _config(template)
    (api,) = config["CacheBehaviors"]
    assert api["ViewerProtocolPolicy"] == "https-only"
    assert config["DefaultCacheBehavior"]["ViewerProtocolPolicy"] == "redirect-to-https"
    assert config["HttpVersion"] == "http2and3"
    assert _origin(config, api)["CustomOriginConfig"] == {
        "OriginProtocolPolicy": "https-only",
        "OriginReadTimeout": 60,
        "OriginSSLProtocols": ["TLSv1.2"],
    }


def test_every_answer_carries_the_security_headers(distribute: Distribute, template: Synth) -> None:
    distribute()
    config = _config(template)
    policies = [
        entry["ResponseHeadersPolicyId"]
        for entry in (config["DefaultCacheBehavior"], *config["CacheBehaviors"])
    ]
    (policy,) = template().find_resources("AWS::CloudFront::ResponseHeadersPolicy")
    assert policies == [{"Ref": policy}] * 2


def test_every_access_is_logged_without_cookies_and_filtered(distribute: Distribute, template: Synth) -> None:
    distribute()
    config = _config(template)
    assert config["Logging"]["IncludeCookies"] is False
    assert "WebACLId" in config


def test_a_name_of_your_own_takes_tls_1_2_at_least(distribute: Distribute, template: Synth) -> None:
    built = distribute(domain_name="chat.example.com", certificate_arn=CERTIFICATE)
    config = _config(template)
    assert config["Aliases"] == ["chat.example.com"]
    assert config["ViewerCertificate"] == {
        "AcmCertificateArn": CERTIFICATE,
        "MinimumProtocolVersion": "TLSv1.2_2021",
        "SslSupportMethod": "sni-only",
    }
    assert built.least_tls == "TLSv1.2_2021"


def test_without_a_name_the_old_tls_is_said_aloud(distribute: Distribute) -> None:
    assert "TLSv1 (AWS fixes it" in distribute().least_tls


def test_the_url_is_the_name_that_users_type(distribute: Distribute, stack: cdk.Stack) -> None:
    built = distribute(domain_name="chat.example.com", certificate_arn=CERTIFICATE)
    assert stack.resolve(built.url) == "https://chat.example.com/"


def test_countries_close_all_others(distribute: Distribute, template: Synth) -> None:
    distribute(countries=("DE", "AT"), price_class="all")
    config = _config(template)
    assert config["Restrictions"]["GeoRestriction"] == {
        "Locations": ["DE", "AT"],
        "RestrictionType": "whitelist",
    }
    assert config["PriceClass"] == "PriceClass_All"


@pytest.mark.parametrize(
    ("reach", "says"),
    [
        ({"domain_name": "chat.example.com"}, "belong together"),
        ({"certificate_arn": CERTIFICATE}, "belong together"),
        (
            {
                "domain_name": "chat.example.com",
                "certificate_arn": CERTIFICATE.replace("us-east-1", "eu-west-1"),
            },
            "us-east-1 only",
        ),
        ({"price_class": "50"}, "Allowed: 100, 200, all"),
    ],
)
def test_half_a_name_is_refused(reach: dict[str, Any], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        DistributionReach(**reach)
