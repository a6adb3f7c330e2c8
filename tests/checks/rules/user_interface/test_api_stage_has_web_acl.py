"""A web ACL stands in front of the very stage, wherever the association is declared."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-ApiStageHasWebAcl"
API: dict[str, Any] = {"Api": {"Type": "AWS::ApiGateway::RestApi", "Properties": {}}}
STAGE = {"RestApiId": {"Ref": "Api"}, "StageName": "v1"}


def association(arn: object) -> dict[str, Any]:
    properties = {"ResourceArn": arn, "WebACLArn": "arn:aws:wafv2:us-east-1:123456789012:regional/webacl/a/1"}
    return {"Type": "AWS::WAFv2::WebACLAssociation", "Properties": properties}


def stage_arn(stage: object, *, api: object = None) -> dict[str, Any]:
    region = {"Ref": "AWS::Region"}
    return {
        "Fn::Join": [
            "",
            ["arn:aws:apigateway:", region, "::/restapis/", api or {"Ref": "Api"}, "/stages/", stage],
        ]
    }


@pytest.mark.parametrize(
    "arn",
    [
        stage_arn({"Ref": "Subject"}),
        stage_arn("v1"),
        {"Fn::Sub": "arn:aws:apigateway:${AWS::Region}::/restapis/${Api}/stages/${Subject}"},
    ],
)
def test_an_association_with_the_stage_is_compliant(ask: Callable[..., Answer], arn: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, STAGE, others=API | {"Waf": association(arn)}), Compliant)


def test_an_association_in_another_stack_counts(ask: Callable[..., Answer]) -> None:
    arn = stage_arn({"Fn::ImportValue": "Here:Subject"}, api="abc123")
    elsewhere = {"Resources": {"Waf": association(arn)}}
    assert isinstance(ask(RULE, STAGE, others=API, elsewhere=elsewhere), Compliant)


@pytest.mark.parametrize("arn", [stage_arn("v2"), stage_arn("v1", api={"Ref": "OtherApi"})])
def test_the_web_acl_of_another_stage_does_not(ask: Callable[..., Answer], arn: dict[str, Any]) -> None:
    others = {**API, "OtherApi": API["Api"], "Waf": association(arn)}
    assert isinstance(ask(RULE, STAGE, others=others), NonCompliant)


def test_no_association_is_non_compliant(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, STAGE, others=API), NonCompliant)


def test_an_association_with_a_token_is_unknown(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, STAGE, others=API | {"Waf": association({"Ref": "Given"})}), Unknown)


def test_a_private_api_has_no_public_entry(ask: Callable[..., Answer]) -> None:
    private = {
        "Type": "AWS::ApiGateway::RestApi",
        "Properties": {"EndpointConfiguration": {"Types": ["PRIVATE"]}},
    }
    assert isinstance(ask(RULE, STAGE, others={"Api": private}), NotApplicable)
