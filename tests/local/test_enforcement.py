"""The emulator's IAM sees endpoints, guardrails and rows, and refuses what a policy refuses."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.local import enforcement
from genai_defense.local.enforcement import applied_guardrail, leading_keys, model_checks

Aws = Callable[[str], Any]

_CODE = """
import os
import boto3
def handler(event, context):
    dynamodb = boto3.client("dynamodb")
    try:
        dynamodb.put_item(TableName=os.environ["TABLE"], Item={"pk": {"S": event["row"]}})
    except dynamodb.exceptions.ClientError as error:
        return error.response["Error"]["Code"]
    return "written"
"""
_VPC = {
    "Vpc": {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "10.8.0.0/16"}},
    "Subnet": {
        "Type": "AWS::EC2::Subnet",
        "Properties": {"VpcId": {"Ref": "Vpc"}, "CidrBlock": "10.8.1.0/24", "AvailabilityZone": "us-east-1a"},
    },
    "Table": {
        "Type": "AWS::DynamoDB::Table",
        "Properties": {
            "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}],
            "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
            "BillingMode": "PAY_PER_REQUEST",
        },
    },
}


def _statement(effect: str = "Allow", **more: object) -> dict[str, Any]:
    return {"Effect": effect, "Action": "dynamodb:PutItem", "Resource": "*", **more}


def _policy(*statements: dict[str, Any]) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": list(statements)}


def _endpoint(*statements: dict[str, Any]) -> dict[str, Any]:
    properties = {
        "VpcId": {"Ref": "Vpc"},
        "ServiceName": "com.amazonaws.us-east-1.dynamodb",
        "VpcEndpointType": "Gateway",
        "PolicyDocument": _policy(*statements),
    }
    return {"Endpoint": {"Type": "AWS::EC2::VPCEndpoint", "Properties": properties}}


def _function(*statements: dict[str, Any], in_vpc: bool = True) -> dict[str, Any]:
    trust = {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}
    inline = {"PolicyName": "inline", "PolicyDocument": _policy(*statements)}
    network = {"VpcConfig": {"SubnetIds": [{"Ref": "Subnet"}], "SecurityGroupIds": []}} if in_vpc else {}
    return {
        "Role": {
            "Type": "AWS::IAM::Role",
            "Properties": {
                "AssumeRolePolicyDocument": _policy(trust),
                "Policies": [inline] if statements else [],
            },
        },
        "Function": {
            "Type": "AWS::Lambda::Function",
            "Properties": {
                "Runtime": "python3.13",
                "Handler": "index.handler",
                "Timeout": 30,
                "Role": {"Fn::GetAtt": ["Role", "Arn"]},
                "Code": {"ZipFile": _CODE},
                "Environment": {"Variables": {"TABLE": {"Ref": "Table"}}},
                **network,
            },
        },
    }


@pytest.fixture
def write(aws: Aws, request: pytest.FixtureRequest) -> Callable[..., str]:
    """Deploys a function in a VPC and lets it write a row; what it says."""

    def run(*resources: dict[str, Any], row: str = "row-1") -> str:
        template: dict[str, Any] = {
            "Resources": dict(_VPC),
            "Outputs": {"Name": {"Value": {"Ref": "Function"}}},
        }
        for part in resources:
            template["Resources"] |= part
        name = f"Enforcement-{abs(hash(request.node.nodeid))}"
        aws("cloudformation").create_stack(
            StackName=name, TemplateBody=json.dumps(template), Capabilities=["CAPABILITY_IAM"]
        )
        stack = aws("cloudformation").describe_stacks(StackName=name)["Stacks"][0]
        assert stack["StackStatus"] == "CREATE_COMPLETE", stack.get("StackStatusReason")
        function = stack["Outputs"][0]["OutputValue"]
        answer = aws("lambda").invoke(FunctionName=function, Payload=json.dumps({"row": row}))
        return str(json.loads(answer["Payload"].read()))

    return run


_OPEN = _statement(Principal="*")


def test_a_role_without_the_right_is_refused(write: Callable[..., str]) -> None:
    assert write(_endpoint(_OPEN), _function()) == "AccessDeniedException"


def test_role_and_endpoint_together_let_it_through(write: Callable[..., str]) -> None:
    assert write(_endpoint(_OPEN), _function(_statement())) == "written"


def test_an_endpoint_that_allows_something_else_refuses(write: Callable[..., str]) -> None:
    other = _statement(Principal="*", Resource="arn:aws:dynamodb:us-east-1:123456789012:table/other")
    assert write(_endpoint(other), _function(_statement())) == "AccessDeniedException"


def test_an_endpoint_that_denies_refuses(write: Callable[..., str]) -> None:
    denied = _endpoint(_OPEN, _statement("Deny", Principal="*"))
    assert write(denied, _function(_statement())) == "AccessDeniedException"


def test_without_an_endpoint_there_is_no_way(write: Callable[..., str]) -> None:
    assert write(_function(_statement())) == "AccessDeniedException"


def test_a_default_route_is_a_way(write: Callable[..., str]) -> None:
    route = {
        "Routes": {"Type": "AWS::EC2::RouteTable", "Properties": {"VpcId": {"Ref": "Vpc"}}},
        "Default": {
            "Type": "AWS::EC2::Route",
            "Properties": {
                "RouteTableId": {"Ref": "Routes"},
                "DestinationCidrBlock": "0.0.0.0/0",
                "GatewayId": "igw-1",
            },
        },
        "Attach": {
            "Type": "AWS::EC2::SubnetRouteTableAssociation",
            "Properties": {"RouteTableId": {"Ref": "Routes"}, "SubnetId": {"Ref": "Subnet"}},
        },
    }
    assert write(route, _function(_statement())) == "written"


@pytest.mark.parametrize(("in_vpc", "said"), [(True, "written"), (False, "AccessDeniedException")])
def test_a_condition_on_the_endpoint_holds(write: Callable[..., str], in_vpc: bool, said: str) -> None:  # noqa: FBT001 - a case
    condition = {"StringEquals": {"aws:SourceVpce": {"Ref": "Endpoint"}}}
    assert write(_endpoint(_OPEN), _function(_statement(Condition=condition), in_vpc=in_vpc)) == said


@pytest.mark.parametrize(("row", "said"), [("mine", "written"), ("theirs", "AccessDeniedException")])
def test_a_condition_on_the_row_holds(write: Callable[..., str], row: str, said: str) -> None:
    condition = {"ForAllValues:StringEquals": {"dynamodb:LeadingKeys": ["mine"]}}
    assert write(_endpoint(_OPEN), _function(_statement(Condition=condition)), row=row) == said


@pytest.mark.parametrize(
    ("body", "keys"),
    [
        ({"Item": {"pk": {"S": "a"}}}, ["a"]),
        ({"Key": {"pk": {"S": "b"}, "sk": {"S": "c"}}}, ["b"]),
        ({"KeyConditionExpression": "pk = :p", "ExpressionAttributeValues": {":p": {"S": "d"}}}, ["d"]),
        (
            {
                "KeyConditionExpression": "#k = :p AND begins_with(sk, :s)",
                "ExpressionAttributeNames": {"#k": "pk"},
                "ExpressionAttributeValues": {":p": {"S": "e"}, ":s": {"S": "x"}},
            },
            ["e"],
        ),
        ({"TableName": "scanned"}, []),
        ({"KeyConditionExpression": "sk = :p", "ExpressionAttributeValues": {":p": {"S": "d"}}}, []),
    ],
)
def test_leading_keys_are_the_partition_keys_of_a_request(body: dict[str, Any], keys: list[str]) -> None:
    assert leading_keys(body, "pk") == keys


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    def account_and_region() -> tuple[str, str]:
        return "123456789012", "us-east-1"

    monkeypatch.setattr(enforcement, "account_and_region", account_and_region)


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    "named", ["gr-1", "arn%3Aaws%3Abedrock%3Aus-east-1%3A123456789012%3Aguardrail%2Fgr-1"]
)
def test_applying_a_guardrail_is_asked_about_by_the_guardrail_of_the_path(named: str) -> None:
    arn = applied_guardrail(f"/guardrail/{named}/version/2/apply")
    assert arn == "arn:aws:bedrock:us-east-1:123456789012:guardrail/gr-1"


@pytest.mark.usefixtures("here")
def test_a_path_that_names_no_guardrail_asks_about_none() -> None:
    assert applied_guardrail("/guardrail/gr-1/apply").endswith("guardrail/")


@pytest.mark.usefixtures("here")
def test_a_model_call_is_asked_about_as_on_aws() -> None:
    rail = {"guardrailConfig": {"guardrailIdentifier": "gr-1", "guardrailVersion": "2"}}
    asked = model_checks("bedrock:Converse", "/model/us.amazon.nova-pro-v1%3A0/converse", rail)
    arn = "arn:aws:bedrock:us-east-1:123456789012:"
    assert [(check.action, check.resource) for check in asked] == [
        ("bedrock:ApplyGuardrail", f"{arn}guardrail/gr-1"),
        ("bedrock:InvokeModel", f"{arn}inference-profile/us.amazon.nova-pro-v1:0"),
        ("bedrock:InvokeModel", "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0"),
    ]
    assert [check.context.get("bedrock:GuardrailIdentifier") for check in asked[1:]] == [
        f"{arn}guardrail/gr-1:2"
    ] * 2
    assert asked[2].context["bedrock:InferenceProfileArn"] == asked[1].resource
    direct = model_checks("bedrock:InvokeModel", "/model/amazon.nova-pro-v1:0/invoke", {})
    assert [(check.resource, check.context) for check in direct] == [
        ("arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0", {})
    ]


@pytest.mark.usefixtures("here")
def test_each_event_asks_for_its_bus_and_in_the_name_of_its_source() -> None:
    """Else one permitted event would take another one along, to another bus or from another sender."""
    asked = enforcement.event_checks(
        {
            "Entries": [
                {"EventBusName": "security", "Source": "mine"},
                {"EventBusName": "arn:aws:events:us-east-1:123456789012:event-bus/other", "Source": "yours"},
                {"Source": "mine"},
            ]
        }
    )
    assert [(check.resource.rpartition("/")[2], check.context["events:source"]) for check in asked] == [
        ("security", ["mine"]),
        ("other", ["yours"]),
        ("default", ["mine"]),
    ]
    assert {check.action for check in asked} == {"events:PutEvents"}


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(("scope", "part"), [("REGIONAL", "regional"), ("CLOUDFRONT", "global")])
def test_a_set_of_addresses_is_asked_for_by_its_own_arn(scope: str, part: str) -> None:
    arn = enforcement.ip_set_arn({"Name": "blocked", "Id": "1", "Scope": scope})
    assert arn == f"arn:aws:wafv2:us-east-1:123456789012:{part}/ipset/blocked/1"
