"""Origins are asked by HTTPS only."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-DistributionAsksOriginsByHttps"
Case = tuple[dict[str, Any], str | None]
Weak = tuple[str, dict[str, Any], str | None]
SOUND: list[Case] = [
    (
        {
            "DistributionConfig": {
                "Origins": [
                    {
                        "DomainName": "api.example.com",
                        "CustomOriginConfig": {"OriginProtocolPolicy": "https-only"},
                    }
                ]
            }
        },
        None,
    ),
    (
        {
            "DistributionConfig": {
                "Origins": [
                    {"DomainName": "b.s3.amazonaws.com", "S3OriginConfig": {}},
                    {
                        "DomainName": "api.example.com",
                        "CustomOriginConfig": {
                            "OriginProtocolPolicy": "https-only",
                            "OriginSSLProtocols": ["TLSv1.2"],
                        },
                    },
                ]
            }
        },
        None,
    ),
]
UNRESOLVED: list[Case] = [
    (
        {
            "DistributionConfig": {
                "Origins": [
                    {
                        "DomainName": "api.example.com",
                        "CustomOriginConfig": {"OriginProtocolPolicy": {"Ref": "Given"}},
                    }
                ]
            }
        },
        None,
    ),
    (
        {
            "DistributionConfig": {
                "Origins": [
                    {
                        "DomainName": "api.example.com",
                        "CustomOriginConfig": {
                            "OriginProtocolPolicy": "https-only",
                            "OriginSSLProtocols": {"Ref": "Given"},
                        },
                    }
                ]
            }
        },
        None,
    ),
    ({"DistributionConfig": {"Origins": {"Ref": "Given"}}}, None),
]
OTHER_MATTERS: list[Case] = [
    ({}, None),
    (
        {"DistributionConfig": {"Origins": [{"DomainName": "b.s3.amazonaws.com", "S3OriginConfig": {}}]}},
        None,
    ),
    (
        {
            "DistributionConfig": {
                "Origins": [
                    {
                        "DomainName": "b.s3-website-eu-west-1.amazonaws.com",
                        "CustomOriginConfig": {"OriginProtocolPolicy": "http-only"},
                    }
                ]
            }
        },
        None,
    ),
    (
        {
            "DistributionConfig": {
                "Origins": [{"DomainName": "in.example.com", "VpcOriginConfig": {"VpcOriginId": "vo-1"}}]
            }
        },
        None,
    ),
]
WEAK: list[Weak] = [
    (
        "DistributionConfig.Origins.0.CustomOriginConfig.OriginProtocolPolicy",
        {
            "DistributionConfig": {
                "Origins": [
                    {
                        "DomainName": "api.example.com",
                        "CustomOriginConfig": {"OriginProtocolPolicy": "http-only"},
                    }
                ]
            }
        },
        None,
    ),
    (
        "DistributionConfig.Origins.0.CustomOriginConfig.OriginProtocolPolicy",
        {
            "DistributionConfig": {
                "Origins": [
                    {
                        "DomainName": "api.example.com",
                        "CustomOriginConfig": {"OriginProtocolPolicy": "match-viewer"},
                    }
                ]
            }
        },
        None,
    ),
    (
        "DistributionConfig.Origins.0.CustomOriginConfig.OriginSSLProtocols",
        {
            "DistributionConfig": {
                "Origins": [
                    {
                        "DomainName": "api.example.com",
                        "CustomOriginConfig": {
                            "OriginProtocolPolicy": "https-only",
                            "OriginSSLProtocols": ["TLSv1.2", "TLSv1.1"],
                        },
                    }
                ]
            }
        },
        None,
    ),
]


@pytest.mark.parametrize(("properties", "kind"), SOUND)
def test_what_is_sound_is_compliant(
    ask: Callable[..., Answer], properties: dict[str, Any], kind: str | None
) -> None:
    assert isinstance(ask(RULE, properties, resource_type=kind), Compliant)


@pytest.mark.parametrize(("properties", "kind"), UNRESOLVED)
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any], kind: str | None) -> None:
    assert isinstance(ask(RULE, properties, resource_type=kind), Unknown)


@pytest.mark.parametrize(("properties", "kind"), OTHER_MATTERS)
def test_what_it_does_not_speak_about(
    ask: Callable[..., Answer], properties: dict[str, Any], kind: str | None
) -> None:
    assert isinstance(ask(RULE, properties, resource_type=kind), NotApplicable)


@pytest.mark.parametrize(("where", "properties", "kind"), WEAK)
def test_what_is_weak_is_found(
    ask: Callable[..., Answer], where: str, properties: dict[str, Any], kind: str | None
) -> None:
    answer = ask(RULE, properties, resource_type=kind)
    assert isinstance(answer, NonCompliant)
    assert answer.property == where
