"""What stands in front cannot be gone round."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-ApiHasOneEntry"
OTHERS: dict[str, Any] = {
    "Name": {
        "Type": "AWS::ApiGateway::BasePathMapping",
        "Properties": {"RestApiId": {"Ref": "Subject"}, "DomainName": "chat.example.com"},
    }
}
Case = tuple[dict[str, Any], str | None]
Weak = tuple[str, dict[str, Any], str | None]
SOUND: list[Case] = [
    ({"DisableExecuteApiEndpoint": True}, "AWS::ApiGateway::RestApi"),
    ({"DisableExecuteApiEndpoint": "true"}, "AWS::ApiGatewayV2::Api"),
]
UNRESOLVED: list[Case] = [({"DisableExecuteApiEndpoint": {"Ref": "Given"}}, "AWS::ApiGateway::RestApi")]
OTHER_MATTERS: list[Case] = [({"EndpointConfiguration": {"Types": ["PRIVATE"]}}, "AWS::ApiGateway::RestApi")]
WEAK: list[Weak] = [
    ("DisableExecuteApiEndpoint", {}, "AWS::ApiGateway::RestApi"),
    ("DisableExecuteApiEndpoint", {"DisableExecuteApiEndpoint": False}, "AWS::ApiGateway::RestApi"),
]


@pytest.mark.parametrize(("properties", "kind"), SOUND)
def test_what_is_sound_is_compliant(
    ask: Callable[..., Answer], properties: dict[str, Any], kind: str | None
) -> None:
    assert isinstance(ask(RULE, properties, resource_type=kind, others=OTHERS), Compliant)


@pytest.mark.parametrize(("properties", "kind"), UNRESOLVED)
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any], kind: str | None) -> None:
    assert isinstance(ask(RULE, properties, resource_type=kind, others=OTHERS), Unknown)


@pytest.mark.parametrize(("properties", "kind"), OTHER_MATTERS)
def test_what_it_does_not_speak_about(
    ask: Callable[..., Answer], properties: dict[str, Any], kind: str | None
) -> None:
    assert isinstance(ask(RULE, properties, resource_type=kind, others=OTHERS), NotApplicable)


@pytest.mark.parametrize(("where", "properties", "kind"), WEAK)
def test_what_is_weak_is_found(
    ask: Callable[..., Answer], where: str, properties: dict[str, Any], kind: str | None
) -> None:
    answer = ask(RULE, properties, resource_type=kind, others=OTHERS)
    assert isinstance(answer, NonCompliant)
    assert answer.property == where


def test_an_api_with_nothing_in_front_has_but_one_entry(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, {}), NotApplicable)


@pytest.mark.parametrize(
    ("headers", "kind"), [([{"HeaderName": "x-origin-verify"}], Compliant), (None, NonCompliant)]
)
def test_a_distribution_proves_itself_by_a_header(
    ask: Callable[..., Answer], headers: list[Any] | None, kind: type
) -> None:
    origin: dict[str, Any] = {"DomainName": {"Fn::Sub": "${Subject}.execute-api.us-east-1.amazonaws.com"}}
    if headers:
        origin["OriginCustomHeaders"] = headers
    config = {"Origins": [{"DomainName": "files.example.com"}, origin]}
    edge = {"Type": "AWS::CloudFront::Distribution", "Properties": {"DistributionConfig": config}}
    assert isinstance(ask(RULE, {}, others={"Edge": edge}), kind)
