"""What threat protection exports reaches the bus, and what got lost on the way is kept."""

from collections.abc import Callable
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_cognito as cognito
from aws_cdk import aws_kms as kms
from aws_cdk import aws_sqs as sqs
from aws_cdk.assertions import Template

from genai_defense.application import FunctionHosting
from genai_defense.data.data_perimeter import DataPerimeter
from genai_defense.organization import SecurityBus, SignInEvents
from genai_defense.organization.security_bus import SIGN_IN_SOURCE
from genai_defense.user_interface import SignInLog
from sign_in_events.handler import SOURCE

Synth = Callable[[], Template]


@pytest.fixture
def built(stack: cdk.Stack, hosting: FunctionHosting, log_key: kms.Key, template: Synth) -> Template:
    SignInEvents(
        stack,
        "It",
        hosting=hosting,
        bus=SecurityBus(stack, "Bus", encryption_key=kms.Key(stack, "BusKey")),
        log=SignInLog(
            stack,
            "Log",
            user_pool=cognito.UserPool(stack, "Pool"),
            encryption_key=log_key,
            perimeter=DataPerimeter(endpoint_ids=("vpce-0123456789abcdef0",)),
        ),
        undelivered=sqs.Queue(stack, "Undelivered"),
    )
    return template()


def _granted(built: Template) -> dict[str, dict[str, Any]]:
    return {
        statement["Sid"]: statement
        for name, policy in built.find_resources("AWS::IAM::ManagedPolicy").items()
        if name.startswith("ItFunction")
        for statement in policy["Properties"]["PolicyDocument"]["Statement"]
    }


def test_the_function_reads_exports_and_speaks_for_the_sign_in_alone(built: Template) -> None:
    granted = _granted(built)
    assert granted["ReadExports"]["Action"] == "s3:GetObject"
    assert "/AWSLogs/" in str(granted["ReadExports"]["Resource"])
    condition = granted["TellTheResponder"]["Condition"]
    assert condition["ForAllValues:StringEquals"] == {"events:source": [SIGN_IN_SOURCE]}
    assert SOURCE == SIGN_IN_SOURCE
    assert set(granted) == {
        "KeepDeadLetters", "KeyThroughTheBucket", "ReadExports", "TellTheResponder", "UseKey",
        "WriteLog",
    }  # fmt: skip


def test_a_perimeter_of_endpoints_lets_the_function_in(built: Template) -> None:
    (role,) = [
        entry["Properties"]
        for name, entry in built.find_resources("AWS::IAM::Role").items()
        if name.startswith("ItFunction")
    ]
    assert {"Key": "perimeter-exception", "Value": "true"} in role["Tags"]


def test_only_exports_of_this_bucket_start_it_and_none_gets_lost(built: Template) -> None:
    ((name, rule),) = built.find_resources("AWS::Events::Rule").items()
    pattern = rule["Properties"]["EventPattern"]
    assert pattern["detail-type"] == ["Object Created"]
    (bucket,) = pattern["detail"]["bucket"]["name"]
    assert bucket["Ref"].startswith("LogBucket")
    (target,) = rule["Properties"]["Targets"]
    assert target["DeadLetterConfig"]["Arn"]["Fn::GetAtt"][0].startswith("Undelivered")
    (permission,) = built.find_resources("AWS::Lambda::Permission").values()
    assert permission["Properties"]["SourceArn"] == {"Fn::GetAtt": [name, "Arn"]}
    kept = [
        statement
        for policy in built.find_resources("AWS::SQS::QueuePolicy").values()
        for statement in policy["Properties"]["PolicyDocument"]["Statement"]
        if statement.get("Sid") == "AllowExportsOfSignIns"
    ]
    assert kept[0]["Condition"] == {"ArnEquals": {"aws:SourceArn": {"Fn::GetAtt": [name, "Arn"]}}}
