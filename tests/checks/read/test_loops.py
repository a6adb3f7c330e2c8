"""Fn::ForEach is written out as CloudFormation does, within bounds."""

from pathlib import Path
from typing import Any

import pytest

from genai_defense.checks.judge import judge
from genai_defense.checks.pack import OWASP_LLM
from genai_defense.checks.read.deployment import read_deployments
from genai_defense.checks.read.errors import UnusableInputError
from genai_defense.checks.read.loops import expand_loops

EXTENSIONS = {"Transform": "AWS::LanguageExtensions"}


def written_out(resources: dict[str, Any], **sections: Any) -> dict[str, Any]:
    made: dict[str, Any] = expand_loops({**EXTENSIONS, "Resources": resources, **sections}, "here")
    found: dict[str, Any] = made["Resources"]
    return found


def buckets(collection: Any) -> dict[str, Any]:
    body = {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": {"Fn::Sub": "docs-${Part}"}}}
    return {"Fn::ForEach::Buckets": ["Part", collection, {"Docs${Part}": body}], "Key": {"Type": "T"}}


def test_each_value_makes_a_resource_of_its_own() -> None:
    made = written_out(buckets(["One", "Two"]))
    assert list(made) == ["DocsOne", "DocsTwo", "Key"]
    assert made["DocsTwo"]["Properties"]["BucketName"] == {"Fn::Sub": "docs-Two"}


def test_a_parameter_with_a_list_is_a_collection() -> None:
    parameters = {"Parts": {"Type": "CommaDelimitedList", "Default": "One, Two"}}
    assert list(written_out(buckets({"Ref": "Parts"}), Parameters=parameters)) == [
        "DocsOne",
        "DocsTwo",
        "Key",
    ]


def test_a_collection_that_only_the_deployment_knows_stays_a_loop() -> None:
    parameters = {"Parts": {"Type": "CommaDelimitedList"}}
    assert "Fn::ForEach::Buckets" in written_out(buckets({"Ref": "Parts"}), Parameters=parameters)


def test_loops_stand_inside_each_other_and_in_properties() -> None:
    inner = {"Fn::ForEach::Tags": ["Key", ["a", "b"], {"${Key}": {"Ref": "Part"}}]}
    body = {"Fn::ForEach::Parts": ["Part", ["x.1"], {"Of&{Part}": {"Type": "T", "Properties": inner}}]}
    assert written_out(body) == {"Ofx1": {"Type": "T", "Properties": {"a": "x.1", "b": "x.1"}}}


def test_without_the_transform_nothing_is_written_out() -> None:
    body = {"Resources": buckets(["One"])}
    assert expand_loops(body, "here") is body


def test_a_bomb_of_loops_is_refused() -> None:
    body: dict[str, Any] = {"${A}${B}": {"Type": "T"}}
    many = [str(number) for number in range(100)]
    nested = {"Fn::ForEach::Outer": ["A", many, {"Fn::ForEach::Inner": ["B", many, body]}]}
    with pytest.raises(UnusableInputError, match="2,000 copies"):
        written_out(nested)


def test_what_a_loop_makes_is_checked(tmp_path: Path) -> None:
    file = tmp_path / "template.yaml"
    file.write_text(
        "Transform: [AWS::LanguageExtensions]\n"
        "Resources:\n"
        "  Fn::ForEach::Docs:\n"
        "    - Part\n"
        "    - [One, Two]\n"
        "    - Docs${Part}: {Type: AWS::S3::Bucket}\n"
    )
    (deployment,) = read_deployments(file)
    assert {found.resource for found in judge(deployment, [OWASP_LLM]).findings} == {"DocsOne", "DocsTwo"}
