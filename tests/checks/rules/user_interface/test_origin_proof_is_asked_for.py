"""A secret header that the web ACL of the API does not ask for is found."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable

RULE = "OwaspLlm-OriginProofIsAskedFor"
STAGE = {"RestApiId": {"Ref": "Api"}, "StageName": "v1"}
SECRET = "{{resolve:secretsmanager:proof:SecretString:::}}"


def site(value: object = SECRET) -> dict[str, Any]:
    origin = {
        "DomainName": {"Fn::Sub": "${Api}.execute-api.eu-west-1.amazonaws.com"},
        "OriginCustomHeaders": [{"HeaderName": "X-Proof", "HeaderValue": value}],
    }
    return {"DistributionConfig": {"Origins": [origin]}}


def entry(action: str, header: str) -> dict[str, Any]:
    match = {"ByteMatchStatement": {"FieldToMatch": {"SingleHeader": {"Name": header}}}}
    return {"Action": {action: {}}, "Statement": {"NotStatement": {"Statement": match}}}


def api(*rules: dict[str, Any], associated: bool = True) -> dict[str, Any]:
    arn = {"Fn::Sub": "arn:aws:apigateway:eu-west-1::/restapis/${Api}/stages/${Stage}"}
    association = {"ResourceArn": arn, "WebACLArn": {"Fn::GetAtt": ["Acl", "Arn"]}}
    found: dict[str, Any] = {
        "Api": {"Type": "AWS::ApiGateway::RestApi", "Properties": {}},
        "Stage": {"Type": "AWS::ApiGateway::Stage", "Properties": STAGE},
        "Acl": {"Type": "AWS::WAFv2::WebACL", "Properties": {"Rules": list(rules)}},
    }
    if associated:
        found["Link"] = {"Type": "AWS::WAFv2::WebACLAssociation", "Properties": association}
    return found


def test_a_header_that_is_asked_for_is_compliant(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, site(), others=api(entry("Block", "x-proof"))), Compliant)


@pytest.mark.parametrize("rules", [(), (entry("Count", "x-proof"),), (entry("Block", "x-other"),)])
def test_one_that_is_not_asked_for_is_found(
    ask: Callable[..., Answer], rules: tuple[dict[str, Any], ...]
) -> None:
    answer = ask(RULE, site(), others=api(*rules))
    assert isinstance(answer, NonCompliant)
    assert answer.property == "DistributionConfig.Origins.0.OriginCustomHeaders"


def test_a_header_that_is_no_secret_needs_no_rule(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, site("eu-west-1"), others=api()), NotApplicable)


def test_an_api_without_a_web_acl_may_ask_by_itself(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, site(), others=api(associated=False)), NotApplicable)
