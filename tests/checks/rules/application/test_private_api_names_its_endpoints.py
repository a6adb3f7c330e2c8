"""A private API that every network reaches is found."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-PrivateApiNamesItsEndpoints"
OURS = {"StringEquals": {"aws:SourceVpce": "vpce-1"}}
INVOKE: dict[str, Any] = {"Effect": "Allow", "Principal": "*", "Action": "execute-api:Invoke"}
OTHERS = {**INVOKE, "Effect": "Deny", "Condition": {"StringNotEquals": {"aws:SourceVpc": "vpc-1"}}}


def api(*statements: object, kind: str = "PRIVATE") -> dict[str, Any]:
    return {"EndpointConfiguration": {"Types": [kind]}, "Policy": {"Statement": list(statements)}}


@pytest.mark.parametrize(
    "properties",
    [
        api({**INVOKE, "Condition": OURS}),
        api(INVOKE, OTHERS),
        api({**INVOKE, "Principal": {"AWS": "arn:aws:iam::111122223333:role/chat"}}),
    ],
)
def test_one_for_its_networks_is_compliant(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Compliant)


@pytest.mark.parametrize(
    "properties",
    [api(INVOKE), api({**INVOKE, "Principal": {"AWS": "*"}}), api({**INVOKE, "Condition": OURS}, INVOKE)],
)
def test_one_for_every_network_is_found(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), NonCompliant)


def test_a_token_is_unknown(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, {**api(), "Policy": {"Ref": "Given"}}), Unknown)


@pytest.mark.parametrize("properties", [{}, api(INVOKE, kind="REGIONAL")])
def test_what_is_not_private_is_not_asked(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), NotApplicable)
