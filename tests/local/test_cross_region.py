"""A stack reads the output of a stack in another Region, as the CDK's weak references do."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from genai_defense.local.clients import aws_client
from genai_defense.local.emulator import Emulator

FAR, NEAR = "us-west-2", "us-east-1"
NOTHING: dict[str, Any] = {"Type": "AWS::CloudFormation::WaitConditionHandle", "Properties": {}}


@pytest.fixture
def deploy(emulator: Emulator) -> Iterator[Callable[..., dict[str, Any]]]:
    """Deploys a stack to a Region; its description. The stacks go again after the test."""
    made: list[tuple[Any, str]] = []

    def make(region: str, name: str, output: object) -> dict[str, Any]:
        where = emulator.endpoint
        client = aws_client("cloudformation", url=where.url, region=region, account=where.account)
        template = {"Resources": {"Nothing": NOTHING}, "Outputs": {"Out": {"Value": output}}}
        client.create_stack(StackName=name, TemplateBody=json.dumps(template))
        made.append((client, name))
        described: dict[str, Any] = client.describe_stacks(StackName=name)["Stacks"][0]
        return described

    yield make
    for client, name in made:
        client.delete_stack(StackName=name)


def _read(stack: str, region: str) -> dict[str, Any]:
    asked = {"Fn::GetStackOutput": {"StackName": stack, "OutputName": "Out", "Region": region}}
    return {"Fn::Join": ["", ["it is ", asked]]}


def test_an_output_of_another_region_is_read_there(deploy: Callable[..., dict[str, Any]]) -> None:
    deploy(FAR, "Far", "far away")
    deploy(NEAR, "Far", "near by")
    (output,) = deploy(NEAR, "Reader", _read("Far", FAR))["Outputs"]
    assert output["OutputValue"] == "it is far away"


def test_a_stack_that_is_not_there_fails_the_one_that_reads_it(
    deploy: Callable[..., dict[str, Any]],
) -> None:
    assert deploy(NEAR, "Hopeful", _read("Nobody", FAR))["StackStatus"] != "CREATE_COMPLETE"
