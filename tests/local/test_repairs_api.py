"""What the emulator's API Gateway drops of a template is put back."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.local import repairs_api


def test_a_method_deep_in_the_path_keeps_its_own_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    stage = {"methodSettings": {"*/*": {"x": 1}, "/~1api~1chat~1stream/POST": {"x": 2}}}

    class _Service:
        _stages_v1 = {"api": {"v1": stage}}  # noqa: RUF012 - the emulator's own shape

    def module(_name: str) -> type[_Service]:
        return _Service

    monkeypatch.setattr(repairs_api, "emulator_module", module)
    assert repairs_api.repair_stage("v1", {"RestApiId": "api"}) == {}
    assert stage["methodSettings"] == {"*/*": {"x": 1}, "/api/chat/stream/POST": {"x": 2}}


def test_a_parameter_without_a_name_gets_one_that_policies_can_name(aws: Callable[[str], Any]) -> None:
    """CDK writes `parameter/${Ref}`, which fits a name without a slash only."""
    template = """{"Resources": {"Switch": {"Type": "AWS::SSM::Parameter",
      "Properties": {"Type": "String", "Value": "off"}}},
      "Outputs": {"Name": {"Value": {"Ref": "Switch"}}}}"""
    cloudformation = aws("cloudformation")
    cloudformation.create_stack(StackName="Parameters", TemplateBody=template)
    (stack,) = cloudformation.describe_stacks(StackName="Parameters")["Stacks"]
    name = stack["Outputs"][0]["OutputValue"]
    assert "/" not in name
    assert aws("ssm").get_parameter(Name=name)["Parameter"]["Value"] == "off"
    cloudformation.delete_stack(StackName="Parameters")


def test_the_emulator_limits_a_method_by_its_own_settings(aws: Callable[[str], Any]) -> None:
    """The repair reads a private table: it must still be there."""
    gateway = aws("apigateway")
    template = """{"Resources": {
      "Api": {"Type": "AWS::ApiGateway::RestApi", "Properties": {"Name": "x"}},
      "Part": {"Type": "AWS::ApiGateway::Resource", "Properties": {"RestApiId": {"Ref": "Api"},
        "ParentId": {"Fn::GetAtt": ["Api", "RootResourceId"]}, "PathPart": "a"}},
      "Method": {"Type": "AWS::ApiGateway::Method", "Properties": {"RestApiId": {"Ref": "Api"},
        "ResourceId": {"Ref": "Part"}, "HttpMethod": "GET", "AuthorizationType": "NONE",
        "Integration": {"Type": "MOCK"}}},
      "Deployment": {"Type": "AWS::ApiGateway::Deployment", "DependsOn": "Method",
        "Properties": {"RestApiId": {"Ref": "Api"}}},
      "Stage": {"Type": "AWS::ApiGateway::Stage", "Properties": {"RestApiId": {"Ref": "Api"},
        "DeploymentId": {"Ref": "Deployment"}, "StageName": "v1", "MethodSettings": [
          {"ResourcePath": "/~1a~1b", "HttpMethod": "GET", "ThrottlingRateLimit": 3}
        ]}}}, "Outputs": {"Api": {"Value": {"Ref": "Api"}}}}"""
    cloudformation = aws("cloudformation")
    cloudformation.create_stack(StackName="Throttled", TemplateBody=template)
    (stack,) = cloudformation.describe_stacks(StackName="Throttled")["Stacks"]
    assert stack["StackStatus"] == "CREATE_COMPLETE", stack.get("StackStatusReason")
    stage = gateway.get_stage(restApiId=stack["Outputs"][0]["OutputValue"], stageName="v1")
    assert stage["methodSettings"]["/a/b/GET"]["throttlingRateLimit"] == 3
    cloudformation.delete_stack(StackName="Throttled")
