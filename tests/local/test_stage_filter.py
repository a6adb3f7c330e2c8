"""The emulator's API stage lets nothing through that its web ACL refuses."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.local.emulator import Emulator
from genai_defense.local.web import Reply, send

Deploy = Callable[[dict[str, Any], dict[str, Any]], dict[str, str]]
Aws = Callable[[str], Any]
EMPTY: dict[str, Any] = {}
NONE = [{"Priority": 0, "Type": "NONE"}]
VIEW = {"CloudWatchMetricsEnabled": True, "MetricName": "x", "SampledRequestsEnabled": False}


def _rule(name: str, priority: int, statement: dict[str, Any]) -> dict[str, Any]:
    block = {"Action": {"Block": EMPTY}, "VisibilityConfig": VIEW}
    return {"Name": name, "Priority": priority, "Statement": statement, **block}


def _get(logical_id: str, attribute: str) -> dict[str, list[str]]:
    return {"Fn::GetAtt": [logical_id, attribute]}


def _rules() -> list[dict[str, Any]]:
    proof = {
        "FieldToMatch": {"SingleHeader": {"Name": "x-proof"}},
        "PositionalConstraint": "EXACTLY",
        "SearchString": {"Fn::Sub": "{{resolve:secretsmanager:${Secret}:SecretString:::}}"},
        "TextTransformations": NONE,
    }
    long = {
        "FieldToMatch": {"Body": {"OversizeHandling": "MATCH"}},
        "ComparisonOperator": "GT",
        "Size": 20_000,
        "TextTransformations": NONE,
    }
    forwarded = {"HeaderName": "X-Forwarded-For", "FallbackBehavior": "NO_MATCH", "Position": "ANY"}
    managed = {"ManagedRuleGroupStatement": {"VendorName": "AWS", "Name": "AWSManagedRulesCommonRuleSet"}}
    group = {"Name": "C", "Priority": 4, "Statement": managed, "OverrideAction": {"None": EMPTY}}
    token = [{"Header": {"Name": "authorization", "TextTransformations": NONE}}]
    return [
        _rule("Proof", 0, {"NotStatement": {"Statement": {"ByteMatchStatement": proof}}}),
        _rule(
            "Blocked",
            1,
            {"IPSetReferenceStatement": {"Arn": _get("Set", "Arn"), "IPSetForwardedIPConfig": forwarded}},
        ),
        _rule(
            "Rate",
            2,
            {"RateBasedStatement": {"Limit": 10, "AggregateKeyType": "CUSTOM_KEYS", "CustomKeys": token}},
        ),
        _rule("Long", 3, {"SizeConstraintStatement": long}),
        {**group, "VisibilityConfig": VIEW},
    ]


def _resources() -> dict[str, Any]:
    integration = {
        "Type": "MOCK",
        "RequestTemplates": {"application/json": '{"statusCode": 200}'},
        "IntegrationResponses": [{"StatusCode": "200"}],
    }
    method = {"HttpMethod": "POST", "AuthorizationType": "NONE", "RestApiId": {"Ref": "Api"}}
    responses = {"Integration": integration, "MethodResponses": [{"StatusCode": "200"}]}
    refusal = {
        "RestApiId": {"Ref": "Api"},
        "ResponseType": "WAF_FILTERED",
        "StatusCode": "403",
        "ResponseTemplates": {"application/json": json.dumps({"outcome": "rejected"})},
    }
    inspected = {"API_GATEWAY": {"DefaultSizeInspectionLimit": "KB_32"}}
    stage = "arn:aws:apigateway:${AWS::Region}::/restapis/${Api}/stages/${Stage}"
    kinds: dict[str, tuple[str, dict[str, Any]]] = {
        "Api": ("AWS::ApiGateway::RestApi", {"Name": "filtered"}),
        "Method": (
            "AWS::ApiGateway::Method",
            {**method, **responses, "ResourceId": _get("Api", "RootResourceId")},
        ),
        "Refusal": ("AWS::ApiGateway::GatewayResponse", refusal),
        "Deployment": ("AWS::ApiGateway::Deployment", {"RestApiId": {"Ref": "Api"}}),
        "Stage": (
            "AWS::ApiGateway::Stage",
            {"RestApiId": {"Ref": "Api"}, "DeploymentId": {"Ref": "Deployment"}, "StageName": "v1"},
        ),
        "Secret": ("AWS::SecretsManager::Secret", {"SecretString": "s3cret"}),
        "Set": ("AWS::WAFv2::IPSet", {"Scope": "REGIONAL", "IPAddressVersion": "IPV4", "Addresses": []}),
        "Acl": (
            "AWS::WAFv2::WebACL",
            {
                "Scope": "REGIONAL",
                "DefaultAction": {"Allow": EMPTY},
                "VisibilityConfig": VIEW,
                "AssociationConfig": {"RequestBody": inspected},
                "Rules": _rules(),
            },
        ),
        "Before": (
            "AWS::WAFv2::WebACLAssociation",
            {"ResourceArn": {"Fn::Sub": stage}, "WebACLArn": _get("Acl", "Arn")},
        ),
    }
    made: dict[str, Any] = {name: {"Type": kind, "Properties": of} for name, (kind, of) in kinds.items()}
    made["Deployment"]["DependsOn"] = ["Method", "Refusal"]
    return made


@pytest.fixture
def post(deploy: Deploy, emulator: Emulator) -> Callable[..., Reply]:
    """Post to the stage; the headers are given by keyword, `_` for `-`."""
    outputs = deploy(_resources(), {"Api": {"Ref": "Api"}})
    url = f"{emulator.endpoint.url}/_aws/execute-api/{outputs['Api']}/v1/"

    def request(body: bytes = b"{}", **headers: str) -> Reply:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return send(url, method="POST", headers={"content-type": "application/json", **named}, body=body)

    return request


def test_what_no_rule_stops_reaches_the_stage(post: Callable[..., Reply]) -> None:
    assert post(x_proof="s3cret").status == 200
    assert post(b"x" * 20_000, x_proof="s3cret").status == 200


@pytest.mark.parametrize("headers", [{}, {"x_proof": "guess"}, {"x_proof": "S3CRET"}])
def test_without_the_secret_the_api_answers_its_own_refusal(
    post: Callable[..., Reply], headers: dict[str, str]
) -> None:
    reply = post(**headers)
    assert (reply.status, reply.json()) == (403, {"outcome": "rejected"})


@pytest.mark.parametrize("length", [20_001, 40_000])
def test_a_long_body_stops_whether_waf_sees_all_of_it_or_not(post: Callable[..., Reply], length: int) -> None:
    assert post(b"x" * length, x_proof="s3cret").status == 403


def test_an_address_that_a_responder_blocks_stops_at_once(post: Callable[..., Reply], aws: Aws) -> None:
    assert post(x_proof="s3cret", x_forwarded_for="203.0.113.9, 10.0.0.1").status == 200
    waf = aws("wafv2")
    (found,) = (each for each in waf.list_ip_sets(Scope="REGIONAL")["IPSets"] if "-Set-" in each["Name"])
    name = {"Name": found["Name"], "Id": found["Id"], "Scope": "REGIONAL"}
    waf.update_ip_set(**name, Addresses=["203.0.113.0/24"], LockToken=found["LockToken"])
    assert post(x_proof="s3cret", x_forwarded_for="203.0.113.9, 10.0.0.1").status == 403
    assert post(x_proof="s3cret", x_forwarded_for="203.0.114.9").status == 200


def test_a_flood_with_one_token_stops(post: Callable[..., Reply]) -> None:
    statuses = [post(x_proof="s3cret", authorization="one").status for _ in range(12)]
    assert statuses == [200] * 10 + [403] * 2
    assert post(x_proof="s3cret", authorization="other").status == 200


def test_a_web_acl_that_cannot_be_evaluated_lets_nothing_through(deploy: Deploy, emulator: Emulator) -> None:
    resources = _resources()
    resources["Acl"]["Properties"]["Rules"] = [_rule("Odd", 0, {"InventedStatement": EMPTY})]
    outputs = deploy(resources, {"Api": {"Ref": "Api"}})
    reply = send(f"{emulator.endpoint.url}/_aws/execute-api/{outputs['Api']}/v1/", method="POST", body=b"{}")
    assert reply.status == 500
