"""A protection that stands in the template and protects nothing is found."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant

RULE = "OwaspLlm-MadeProtectionIsUsed"
HERE = {"Fn::GetAtt": ["Subject", "Arn"]}


def user(kind: str, properties: dict[str, Any]) -> dict[str, Any]:
    return {"User": {"Type": kind, "Properties": properties}}


@pytest.mark.parametrize(
    ("kind", "others"),
    [
        ("AWS::ApiGateway::Authorizer", user("AWS::ApiGateway::Method", {"AuthorizerId": HERE})),
        ("AWS::CloudFront::KeyGroup", user("AWS::CloudFront::Distribution", {"TrustedKeyGroups": [HERE]})),
        ("AWS::WAFv2::WebACL", user("AWS::WAFv2::WebACLAssociation", {"WebACLArn": HERE})),
    ],
)
def test_what_is_used_is_compliant(ask: Callable[..., Answer], kind: str, others: dict[str, Any]) -> None:
    elsewhere = {"Resources": others}
    text = json.dumps(elsewhere).replace(json.dumps(HERE), json.dumps({"Fn::ImportValue": "Here:Subject"}))
    assert isinstance(ask(RULE, {}, resource_type=kind, others=others), Compliant)
    assert isinstance(ask(RULE, {}, resource_type=kind, elsewhere=json.loads(text)), Compliant)


@pytest.mark.parametrize(
    ("kind", "others"),
    [
        ("AWS::CloudFront::ResponseHeadersPolicy", {}),
        ("AWS::WAFv2::WebACL", user("AWS::WAFv2::LoggingConfiguration", {"ResourceArn": HERE})),
        ("AWS::ApiGatewayV2::Authorizer", user("AWS::Lambda::Permission", {"SourceArn": HERE})),
    ],
)
def test_what_is_only_watched_or_not_even_that_is_found(
    ask: Callable[..., Answer], kind: str, others: dict[str, Any]
) -> None:
    assert isinstance(
        ask(RULE, {}, resource_type=kind, others=others, elsewhere={"Resources": {}}), NonCompliant
    )


def test_what_an_output_hands_out_is_for_somebody_else(ask: Callable[..., Answer]) -> None:
    """The template of these tests exports the resource, and is alone."""
    assert isinstance(ask(RULE, {}, resource_type="AWS::WAFv2::WebACL"), Compliant)
