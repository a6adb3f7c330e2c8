"""Old TLS is found, also where the template asks for more than AWS gives."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-DistributionRequiresTls12"


def certificate(**properties: object) -> dict[str, Any]:
    return {"DistributionConfig": {"ViewerCertificate": properties}}


@pytest.mark.parametrize("version", ["TLSv1.2_2021", "TLSv1.2_2025", "TLSv1.3_2025"])
def test_a_modern_version_on_a_certificate_of_ones_own_is_compliant(
    ask: Callable[..., Answer], version: str
) -> None:
    own = certificate(AcmCertificateArn={"Ref": "Given"}, MinimumProtocolVersion=version)
    assert isinstance(ask(RULE, own), Compliant)


@pytest.mark.parametrize(
    "properties",
    [
        {"DistributionConfig": {}},
        certificate(CloudFrontDefaultCertificate=True),
        certificate(CloudFrontDefaultCertificate="true", MinimumProtocolVersion="TLSv1.2_2021"),
        certificate(AcmCertificateArn="arn", MinimumProtocolVersion="TLSv1.1_2016"),
        certificate(AcmCertificateArn="arn", MinimumProtocolVersion="TLSv1.2_2018"),
        certificate(AcmCertificateArn="arn"),
    ],
)
def test_an_old_one_or_cloudfronts_own_certificate_is_not(
    ask: Callable[..., Answer], properties: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, properties), NonCompliant)


@pytest.mark.parametrize(
    "properties",
    [
        certificate(AcmCertificateArn="arn", MinimumProtocolVersion={"Ref": "Given"}),
        certificate(CloudFrontDefaultCertificate={"Ref": "Given"}),
        {"DistributionConfig": {"ViewerCertificate": {"Ref": "Given"}}},
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Unknown)
