"""Its own address is closed, or a distribution stands in front."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-HttpApiStandsBehindWebAcl"
Case = tuple[dict[str, Any], str | None]
Weak = tuple[str, dict[str, Any], str | None]
SOUND: list[Case] = [
    ({"DisableExecuteApiEndpoint": True}, None),
    ({"DisableExecuteApiEndpoint": "true"}, None),
]
UNRESOLVED: list[Case] = [({"DisableExecuteApiEndpoint": {"Ref": "Given"}}, None)]
WEAK: list[Weak] = [
    ("DisableExecuteApiEndpoint", {"ProtocolType": "HTTP"}, None),
    ("DisableExecuteApiEndpoint", {"ProtocolType": "WEBSOCKET"}, None),
]


@pytest.mark.parametrize(("properties", "kind"), SOUND)
def test_what_is_sound_is_compliant(
    ask: Callable[..., Answer], properties: dict[str, Any], kind: str | None
) -> None:
    assert isinstance(ask(RULE, properties, resource_type=kind), Compliant)


@pytest.mark.parametrize(("properties", "kind"), UNRESOLVED)
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any], kind: str | None) -> None:
    assert isinstance(ask(RULE, properties, resource_type=kind), Unknown)


@pytest.mark.parametrize(("where", "properties", "kind"), WEAK)
def test_what_is_weak_is_found(
    ask: Callable[..., Answer], where: str, properties: dict[str, Any], kind: str | None
) -> None:
    answer = ask(RULE, properties, resource_type=kind)
    assert isinstance(answer, NonCompliant)
    assert answer.property == where


def test_a_distribution_with_a_web_acl_in_front_is_compliant(ask: Callable[..., Answer]) -> None:
    domain = {"Fn::Sub": "${Subject}.execute-api.${AWS::Region}.amazonaws.com"}
    config: dict[str, Any] = {
        "WebACLId": "arn:aws:wafv2:us-east-1:1:global/webacl/a/1",
        "Origins": [{"DomainName": domain}],
    }
    edge = {"Type": "AWS::CloudFront::Distribution", "Properties": {"DistributionConfig": config}}
    assert isinstance(ask(RULE, {"ProtocolType": "HTTP"}, others={"Edge": edge}), Compliant)
    del config["WebACLId"]
    assert isinstance(ask(RULE, {"ProtocolType": "HTTP"}, others={"Edge": edge}), NonCompliant)
