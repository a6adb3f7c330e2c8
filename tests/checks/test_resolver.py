"""Intrinsic functions are followed as far as the templates alone allow, and no further."""

from typing import Any

import pytest

from genai_defense.checks.template_graph import Template, TemplateGraph
from genai_defense.checks.values import Pseudo, Reference, Text, Unresolved, Value

PARAMETERS = {
    "Given": {"Type": "String"},
    "Defaulted": {"Type": "String", "Default": "blue"},
    "Listed": {"Type": "CommaDelimitedList", "Default": "a, b"},
    "Stored": {"Type": "AWS::SSM::Parameter::Value<String>", "Default": "/some/name"},
}
MAPPINGS = {"Sizes": {"prod": {"count": 3}}}


def graph(value: object, *others: Template) -> TemplateGraph:
    body = {
        "Parameters": PARAMETERS,
        "Mappings": MAPPINGS,
        "Resources": {
            "Subject": {"Type": "AWS::Test::Subject", "Properties": {"Value": value}},
            "Target": {"Type": "AWS::Test::Target"},
        },
    }
    return TemplateGraph([Template("here", body), *others])


def resolved(value: object, *others: Template) -> Value:
    (subject,) = graph(value, *others).of_type("AWS::Test::Subject")
    return subject.get("Value")


KNOWN: list[tuple[Any, Value]] = [
    ("text", "text"),
    (3, 3),
    ({"Ref": "Defaulted"}, "blue"),
    ({"Ref": "Listed"}, ["a", "b"]),
    ({"Fn::Join": ["-", ["a", {"Ref": "Defaulted"}, 1]]}, "a-blue-1"),
    ({"Fn::Join": ["", []]}, ""),
    ({"Fn::Sub": "x-${Defaulted}-${!Kept}"}, "x-blue-${Kept}"),
    ({"Fn::Sub": ["${Own}", {"Own": {"Ref": "Defaulted"}}]}, "blue"),
    ({"Fn::Select": ["1", {"Fn::Split": ["/", "a/b/c"]}]}, "b"),
    ({"Fn::Select": [0, {"Ref": "Listed"}]}, "a"),
    ({"Fn::FindInMap": ["Sizes", "prod", "count"]}, 3),
    ({"Fn::If": ["Any", {"Ref": "Defaulted"}, "blue"]}, "blue"),
    ({"Ref": "AWS::Region"}, Pseudo("AWS::Region")),
    ({"Fn::Sub": "${AWS::Region}-a"}, Text((Pseudo("AWS::Region"), "-a"))),
    ({"Kept": 1, "Gone": {"Ref": "AWS::NoValue"}}, {"Kept": 1}),
    ([1, {"Ref": "AWS::NoValue"}, 2], [1, 2]),
    ({"Ref": "Given", "Other": 1}, {"Ref": "Given", "Other": 1}),
]


@pytest.mark.parametrize(("raw", "expected"), KNOWN)
def test_what_the_template_says_is_known(raw: object, expected: Value) -> None:
    assert resolved(raw) == expected


@pytest.mark.parametrize(
    "raw",
    [
        {"Ref": "Given"},
        {"Ref": "Stored"},
        {"Ref": "Nothing"},
        {"Ref": ["Given"]},
        {"Fn::GetAtt": ["Nothing", "Arn"]},
        {"Fn::GetAtt": "NoDot"},
        {"Fn::If": ["Any", "a", "b"]},
        {"Fn::If": ["Any", "a"]},
        {"Fn::ImportValue": "nobody:exports:it"},
        {"Fn::ImportValue": {"Ref": "Given"}},
        {"Fn::GetStackOutput": {"StackName": "Nobody", "OutputName": "it"}},
        {"Fn::GetStackOutput": "Nobody"},
        {"Fn::Join": ["", {"Ref": "Given"}]},
        {"Fn::Select": [7, ["a"]]},
        {"Fn::Select": [0, {"Fn::GetAZs": ""}]},
        {"Fn::Split": ["/", {"Ref": "Given"}]},
        {"Fn::FindInMap": ["Sizes", {"Ref": "AWS::Region"}, "count"]},
        {"Fn::FindInMap": ["Sizes", "prod", "missing"]},
        {"Fn::Base64": "aGk="},
        {"Fn::Invented": 1},
        "{{resolve:secretsmanager:chat:SecretString}}",
    ],
)
def test_what_only_a_deployment_knows_stays_unresolved(raw: object) -> None:
    assert isinstance(resolved(raw), Unresolved)


@pytest.mark.parametrize(
    ("raw", "attribute"),
    [
        ({"Ref": "Target"}, "Ref"),
        ({"Fn::GetAtt": ["Target", "Arn"]}, "Arn"),
        ({"Fn::Sub": "${Target.Arn}"}, "Arn"),
    ],
)
def test_a_reference_points_at_the_resource(raw: object, attribute: str) -> None:
    value = resolved(raw)
    assert isinstance(value, Reference)
    assert (value.resource.type, value.attribute) == ("AWS::Test::Target", attribute)


def exporter(name: str, export: str, value: object) -> Template:
    resources = {"Far": {"Type": "AWS::Test::Far"}}
    outputs = {"Out": {"Value": value, "Export": {"Name": export}}}
    return Template(name, {"Resources": resources, "Outputs": outputs})


def test_a_reference_crosses_stacks() -> None:
    value = resolved({"Fn::ImportValue": "far:Far"}, exporter("far", "far:Far", {"Ref": "Far"}))
    assert isinstance(value, Reference)
    assert (value.resource.template.name, value.resource.logical_id) == ("far", "Far")


@pytest.mark.parametrize("name", ["Edge", "/somewhere/Edge.template.json"])
def test_a_reference_crosses_regions(name: str) -> None:
    """The CDK's weak references read an output, which nobody has to export."""
    asked = {"Fn::GetStackOutput": {"StackName": "Edge", "Region": "us-east-1", "OutputName": "Out"}}
    far = {"Resources": {"Far": {"Type": "AWS::Test::Far"}}, "Outputs": {"Out": {"Value": {"Ref": "Far"}}}}
    value = resolved(asked, Template(name, far))
    assert isinstance(value, Reference)
    assert value.resource.logical_id == "Far"
    assert isinstance(resolved(asked, Template(f"Not{name}", {**far, "Outputs": {}})), Unresolved)


def test_an_export_of_two_stacks_is_ambiguous() -> None:
    exporters = [exporter(name, "same", "value") for name in ("one", "two")]
    assert isinstance(resolved({"Fn::ImportValue": "same"}, *exporters), Unresolved)


def test_exports_in_a_circle_are_unresolved() -> None:
    one = exporter("one", "a", {"Fn::ImportValue": "b"})
    two = exporter("two", "b", {"Fn::ImportValue": "a"})
    value = resolved({"Fn::ImportValue": "a"}, one, two)
    assert isinstance(value, Unresolved)
    assert "refers to itself" in value.why


NESTED: dict[str, Any] = {
    "Parameters": {"Passed": {"Type": "String"}},
    "Resources": {"Inner": {"Type": "AWS::Test::Inner", "Properties": {"Value": {"Ref": "Passed"}}}},
    "Outputs": {"Out": {"Value": {"Ref": "Inner"}}},
}


def test_values_pass_into_and_out_of_nested_stacks() -> None:
    parent = {
        "Resources": {
            "Stack": {
                "Type": "AWS::CloudFormation::Stack",
                "Properties": {"Parameters": {"Passed": "given"}},
            },
            "User": {
                "Type": "AWS::Test::User",
                "Properties": {"Value": {"Fn::GetAtt": ["Stack", "Outputs.Out"]}},
            },
        }
    }
    both = TemplateGraph(
        [Template("parent", parent), Template("inner", NESTED, nested_in=("parent", "Stack"))]
    )
    (inner,) = both.of_type("AWS::Test::Inner")
    (user,) = both.of_type("AWS::Test::User")
    assert inner.get("Value") == "given"
    assert user.get("Value") == Reference(inner, "Ref")


def test_a_nested_stack_without_its_template_stays_a_reference() -> None:
    value = resolved({"Fn::GetAtt": ["Target", "Outputs.Out"]})
    assert isinstance(value, Reference)
