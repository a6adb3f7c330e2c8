"""A bucket behind a distribution is read by the distribution, and a website by everybody."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-DistributionOriginUsesAccessControl"
BUCKET: dict[str, Any] = {
    "Bucket": {"Type": "AWS::S3::Bucket"},
    "Control": {"Type": "AWS::CloudFront::OriginAccessControl"},
}
REGIONAL = {"Fn::GetAtt": ["Bucket", "RegionalDomainName"]}
WEBSITE = {"Fn::GetAtt": ["Bucket", "WebsiteURL"]}


def origins(*origins: dict[str, Any]) -> dict[str, Any]:
    return {"DistributionConfig": {"Origins": list(origins)}}


def s3(**properties: object) -> dict[str, Any]:
    return {"DomainName": REGIONAL, "S3OriginConfig": {"OriginAccessIdentity": ""}, **properties}


def custom(domain: object, protocol: str = "http-only") -> dict[str, Any]:
    return {"DomainName": domain, "CustomOriginConfig": {"OriginProtocolPolicy": protocol}}


CONTROLLED = s3(OriginAccessControlId={"Fn::GetAtt": ["Control", "Id"]})


def test_an_origin_access_control_is_compliant(ask: Callable[..., Answer]) -> None:
    properties = origins(custom("api.example.com", "https-only"), CONTROLLED)
    assert isinstance(ask(RULE, properties, others=BUCKET), Compliant)


@pytest.mark.parametrize(
    "origin",
    [
        s3(),
        s3(OriginAccessControlId=""),
        s3(S3OriginConfig={"OriginAccessIdentity": "origin-access-identity/cloudfront/E1"}),
        custom(WEBSITE),
        custom({"Fn::Join": ["", ["bucket.s3-website-", {"Ref": "AWS::Region"}, ".amazonaws.com"]]}),
    ],
)
def test_one_origin_without_is_not(ask: Callable[..., Answer], origin: dict[str, Any]) -> None:
    answer = ask(RULE, origins(CONTROLLED, origin), others=BUCKET)
    assert isinstance(answer, NonCompliant)
    assert answer.property.startswith("DistributionConfig.Origins.1.")


@pytest.mark.parametrize(
    "properties",
    [
        origins(custom({"Ref": "Given"})),
        origins(s3(OriginAccessControlId={"Ref": "Given"})),
        {"DistributionConfig": {"Origins": {"Ref": "Given"}}},
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties, others=BUCKET), Unknown)


@pytest.mark.parametrize("origin", [custom("api.example.com"), custom({"Ref": "Given"}, "https-only")])
def test_a_server_of_ones_own_is_no_bucket(ask: Callable[..., Answer], origin: dict[str, Any]) -> None:
    """Website endpoints speak HTTP only, so an HTTPS origin is none."""
    assert isinstance(ask(RULE, origins(origin)), NotApplicable)
