"""TLS 1.2 or better, also where nobody said so."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-ApiRefusesOldTls"


@pytest.mark.parametrize(
    ("properties", "kind"),
    [
        ({"SecurityPolicy": "TLS_1_2"}, None),
        ({"SecurityPolicy": "SecurityPolicy_TLS13_1_3_2025_09"}, None),
        ({"SecurityPolicy": "SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09"}, None),
        ({"EndpointConfiguration": {"Types": ["PRIVATE"]}}, None),
        ({}, "AWS::ApiGateway::DomainName"),
        ({"SecurityPolicy": "TLS_1_2"}, "AWS::ApiGateway::DomainName"),
    ],
)
def test_tls_12_or_better_is_compliant(
    ask: Callable[..., Answer], properties: dict[str, Any], kind: str | None
) -> None:
    assert isinstance(ask(RULE, properties, resource_type=kind), Compliant)


@pytest.mark.parametrize(
    ("properties", "kind", "where"),
    [
        ({}, None, "SecurityPolicy"),
        ({"EndpointConfiguration": {"Types": ["REGIONAL"]}}, None, "SecurityPolicy"),
        ({"SecurityPolicy": "TLS_1_0"}, None, "SecurityPolicy"),
        ({"SecurityPolicy": "TLS_1_0"}, "AWS::ApiGateway::DomainName", "SecurityPolicy"),
    ],
)
def test_tls_10_is_not(
    ask: Callable[..., Answer], properties: dict[str, Any], kind: str | None, where: str
) -> None:
    answer = ask(RULE, properties, resource_type=kind)
    assert isinstance(answer, NonCompliant)
    assert answer.property == where


@pytest.mark.parametrize(
    ("properties", "kind"),
    [
        ({"SecurityPolicy": {"Ref": "Given"}}, None),
        ({"SecurityPolicy": {"Ref": "Given"}}, "AWS::ApiGateway::DomainName"),
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any], kind: str | None) -> None:
    assert isinstance(ask(RULE, properties, resource_type=kind), Unknown)


@pytest.mark.parametrize(
    ("properties", "kind"),
    [
        ({"DisableExecuteApiEndpoint": True}, None),
    ],
)
def test_an_api_without_an_address_of_its_own_is_not_asked(
    ask: Callable[..., Answer], properties: dict[str, Any], kind: str | None
) -> None:
    assert isinstance(ask(RULE, properties, resource_type=kind), NotApplicable)
