"""A collection is reached from named services or endpoints only."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-VectorStoreIsPrivate"
RULES = '"Rules":[{"ResourceType":"collection","Resource":["collection/docs"]}],'
BEDROCK = '"SourceServices":["bedrock.amazonaws.com"]'


def network(policy: object, *, kind: object = "network") -> dict[str, Any]:
    return {"Name": "docs", "Type": kind, "Policy": policy}


@pytest.mark.parametrize(
    "policy",
    [
        f'[{{{RULES}"AllowFromPublic":false,{BEDROCK}}}]',
        f'[{{{RULES}"SourceVPCEs":["vpce-050f79086ee71ac05"]}}]',
        {"Fn::Sub": f'[{{"Rules":["${{Given}}"],"AllowFromPublic":false,{BEDROCK}}}]'},
        {"Fn::Sub": f'[{{{RULES}"AllowFromPublic":false,"SourceVPCEs":["${{Door}}"]}}]'},
    ],
)
def test_named_services_and_endpoints_are_compliant(ask: Callable[..., Answer], policy: object) -> None:
    door: dict[str, Any] = {"Door": {"Type": "AWS::OpenSearchServerless::VpcEndpoint", "Properties": {}}}
    assert isinstance(ask(RULE, network(policy), others=door), Compliant)


@pytest.mark.parametrize(
    "policy",
    [
        f'[{{{RULES}"AllowFromPublic":true}}]',
        f'[{{{RULES}{BEDROCK}}},{{{RULES}"AllowFromPublic":true}}]',
    ],
)
def test_the_internet_is_not(ask: Callable[..., Answer], policy: str) -> None:
    assert isinstance(ask(RULE, network(policy)), NonCompliant)


def test_an_encryption_policy_is_not_asked(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, network('{"AWSOwnedKey":true}', kind="encryption")), NotApplicable)


@pytest.mark.parametrize(
    "properties",
    [
        network({"Ref": "Given"}),
        network("[]", kind={"Ref": "Given"}),
        network("no JSON"),
        network({"Fn::Sub": '[{"AllowFromPublic":${Given}}]'}),
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Unknown)
