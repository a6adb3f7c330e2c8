"""What is checked together, and what somebody accepted there."""

import json
from pathlib import Path
from typing import Any

import pytest

from genai_defense.checks.read.deployment import ACKNOWLEDGED_HERE, Deployment, read_deployments
from genai_defense.checks.read.errors import UnusableInputError
from genai_defense.checks.template_graph import DEPLOYMENT, TemplateGraph

REASON = "The bucket holds only public pictures that the build can make again at any time."
RULE = "OwaspLlm-DataStoreUsesCustomerManagedKey"


def _reason(deployment: Deployment, rule: str = RULE) -> str | None:
    (bucket,) = TemplateGraph(deployment.templates).of_type("AWS::S3::Bucket")
    return deployment.reason(rule, bucket)


def _template(folder: Path, metadata: dict[str, Any]) -> Deployment:
    file = folder / "template.json"
    bucket = {"Type": "AWS::S3::Bucket", "Metadata": metadata}
    file.write_text(json.dumps({"Resources": {"Pictures": bucket}}))
    (deployment,) = read_deployments(file)
    return deployment


def _assembly(folder: Path, *, at: str | None = None) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    metadata = {"aws:cdk:path": "Shop/Pictures/Resource"}
    body = {"Resources": {"Pictures": {"Type": "AWS::S3::Bucket", "Metadata": metadata}}}
    (folder / "Shop.template.json").write_text(json.dumps(body))
    entry = {"type": "aws:cdk:acknowledged-rules", "data": {f"OwaspLlm::{RULE}": REASON}}
    (folder / "Shop.metadata.json").write_text(json.dumps({at: [entry]} if at else {}))
    stack = {
        "type": "aws:cloudformation:stack",
        "properties": {"templateFile": "Shop.template.json"},
        "additionalMetadataFile": "Shop.metadata.json",
    }
    (folder / "manifest.json").write_text(json.dumps({"artifacts": {"Shop": stack}}))
    return folder


def test_a_template_carries_its_own_acknowledgement(tmp_path: Path) -> None:
    deployment = _template(tmp_path, {ACKNOWLEDGED_HERE: {RULE: REASON}})
    assert _reason(deployment) == REASON
    assert _reason(deployment, "OwaspLlm-Other") is None


def test_a_rule_about_the_whole_deployment_is_accepted_in_the_templates_metadata(tmp_path: Path) -> None:
    file = tmp_path / "template.json"
    accepted = {ACKNOWLEDGED_HERE: {"OwaspLlm-AccountHasATrail": REASON}}
    file.write_text(json.dumps({"Metadata": accepted, "Resources": {"News": {"Type": "AWS::SNS::Topic"}}}))
    (deployment,) = read_deployments(file)
    (whole,) = TemplateGraph(deployment.templates).of_type(DEPLOYMENT)
    assert deployment.reason("OwaspLlm-AccountHasATrail", whole) == REASON


@pytest.mark.parametrize("given", ["false positive", "too short", 7, None, ["x"]])
def test_a_reason_that_explains_nothing_accepts_nothing(tmp_path: Path, given: Any) -> None:
    assert _reason(_template(tmp_path, {ACKNOWLEDGED_HERE: {RULE: given}})) is None
    assert _reason(_template(tmp_path, {ACKNOWLEDGED_HERE: given})) is None


@pytest.mark.parametrize("at", ["/Shop/Pictures/Resource", "/Shop/Pictures", "/Shop"])
def test_an_assembly_carries_those_of_the_cdk(tmp_path: Path, at: str) -> None:
    (deployment,) = read_deployments(_assembly(tmp_path / "cdk.out", at=at))
    assert _reason(deployment) == REASON


@pytest.mark.parametrize("at", ["/Shop/Picture", "/Other/Pictures", None])
def test_one_elsewhere_accepts_nothing_here(tmp_path: Path, at: str | None) -> None:
    (deployment,) = read_deployments(_assembly(tmp_path / "cdk.out", at=at))
    assert _reason(deployment) is None


def test_stages_are_deployments_of_their_own(tmp_path: Path) -> None:
    _assembly(tmp_path / "assembly-Prod")
    _assembly(tmp_path / "assembly-Test")
    stages = {
        name: {"type": "cdk:cloud-assembly", "properties": {"directoryName": f"assembly-{name}"}}
        for name in ("Prod", "Test")
    }
    (tmp_path / "manifest.json").write_text(json.dumps({"artifacts": stages}))
    assert [Path(each.path).name for each in read_deployments(tmp_path)] == ["assembly-Prod", "assembly-Test"]


def test_a_sam_resource_is_its_authors(tmp_path: Path) -> None:
    file = tmp_path / "template.yaml"
    file.write_text(
        "Transform: AWS::Serverless-2016-10-31\n"
        "Resources:\n"
        "  Chat: {Type: AWS::Serverless::Function, Properties: {Runtime: python3.13, Handler: a.b}}\n"
    )
    (deployment,) = read_deployments(file)
    (role,) = TemplateGraph(deployment.templates).of_type("AWS::IAM::Role")
    assert deployment.author(role) == ("Chat", "AWS::Serverless::Function")


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({}, "no manifest.json in it"),
        ({"manifest.json": "{"}, "not readable as JSON"),
        ({"manifest.json": "{}"}, "its manifest names no stack"),
        (
            {"manifest.json": json.dumps({"artifacts": {"A": {"type": "aws:cloudformation:stack"}}})},
            "not a readable JSON file",
        ),
    ],
)
def test_a_folder_that_is_no_assembly_is_one_line(
    tmp_path: Path, files: dict[str, str], message: str
) -> None:
    for name, content in files.items():
        (tmp_path / name).write_text(content)
    with pytest.raises(UnusableInputError, match=message):
        read_deployments(tmp_path)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"Resources": {}}, "it has no Resources"),
        ({"Resources": ["a"]}, "it has no Resources"),
        ({"openapi": "3.1.0"}, "it has no Resources"),
        ({"Resources": {"A": {"DependsOn": "B"}, "B": {"DependsOn": "A"}}}, "is a cycle of references"),
    ],
)
def test_what_is_no_template_is_one_line(tmp_path: Path, body: dict[str, Any], message: str) -> None:
    file = tmp_path / "template.json"
    file.write_text(json.dumps(body))
    with pytest.raises(UnusableInputError, match=message):
        read_deployments(file)
