"""Nobody opens his answers to every page, in any of the places where one can."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-CorsNamesItsOrigins"
Places = tuple[str, Callable[[object], dict[str, Any]]]

HEADER = "response.header.Access-Control-Allow-Origin"
LISTED: list[Places] = [
    ("AWS::ApiGatewayV2::Api", lambda origin: {"CorsConfiguration": {"AllowOrigins": [origin]}}),
    ("AWS::Lambda::Url", lambda origin: {"Cors": {"AllowOrigins": [origin]}}),
    ("AWS::S3::Bucket", lambda origin: {"CorsConfiguration": {"CorsRules": [{"AllowedOrigins": [origin]}]}}),
    (
        "AWS::CloudFront::ResponseHeadersPolicy",
        lambda origin: {
            "ResponseHeadersPolicyConfig": {"CorsConfig": {"AccessControlAllowOrigins": {"Items": [origin]}}}
        },
    ),
]
WRITTEN: list[Places] = [
    ("AWS::ApiGateway::GatewayResponse", lambda value: {"ResponseParameters": {f"gateway{HEADER}": value}}),
    (
        "AWS::ApiGateway::Method",
        lambda value: {
            "Integration": {"IntegrationResponses": [{}, {"ResponseParameters": {f"method.{HEADER}": value}}]}
        },
    ),
]


@pytest.mark.parametrize(("kind", "place"), LISTED)
def test_every_origin_is_found_in_lists(
    ask: Callable[..., Answer], kind: str, place: Callable[..., Any]
) -> None:
    assert isinstance(ask(RULE, place("*"), resource_type=kind), NonCompliant)
    assert isinstance(ask(RULE, place("https://*"), resource_type=kind), NonCompliant)
    assert isinstance(ask(RULE, place("https://chat.example.com"), resource_type=kind), Compliant)
    assert isinstance(ask(RULE, place({"Ref": "Given"}), resource_type=kind), Unknown)


@pytest.mark.parametrize(("kind", "place"), WRITTEN)
def test_every_origin_is_found_in_headers(
    ask: Callable[..., Answer], kind: str, place: Callable[..., Any]
) -> None:
    assert isinstance(ask(RULE, place("'*'"), resource_type=kind), NonCompliant)
    assert isinstance(ask(RULE, place("'https://chat.example.com'"), resource_type=kind), Compliant)
    assert isinstance(ask(RULE, place({"Ref": "Given"}), resource_type=kind), Unknown)


def test_one_of_several_origins_is_enough(ask: Callable[..., Answer]) -> None:
    rules = [{"AllowedOrigins": ["https://a.example.com"]}, {"AllowedOrigins": [{"Ref": "Given"}, "*"]}]
    answer = ask(RULE, {"CorsConfiguration": {"CorsRules": rules}}, resource_type="AWS::S3::Bucket")
    assert isinstance(answer, NonCompliant)
    assert answer.property == "CorsConfiguration.CorsRules.1.AllowedOrigins"


@pytest.mark.parametrize("kind", [kind for kind, _ in [*LISTED, *WRITTEN]])
def test_who_says_nothing_is_read_by_none(ask: Callable[..., Answer], kind: str) -> None:
    assert isinstance(ask(RULE, {}, resource_type=kind), NotApplicable)


@pytest.mark.parametrize(
    ("kind", "properties"),
    [
        ("AWS::ApiGateway::GatewayResponse", {"ResponseParameters": {"Ref": "Given"}}),
        ("AWS::Lambda::Url", {"Cors": {"Ref": "Given"}}),
    ],
)
def test_a_token_in_place_of_the_whole_is_unknown(
    ask: Callable[..., Answer], kind: str, properties: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, properties, resource_type=kind), Unknown)
