"""An output names a resource, however it is written."""

from typing import Any

import pytest

from genai_defense.checks.outputs import is_handed_out
from genai_defense.checks.template_graph import Template, TemplateGraph


def handed_out(value: object, **more: object) -> bool:
    body: dict[str, Any] = {
        "Resources": {"Acl": {"Type": "AWS::WAFv2::WebACL"}},
        "Outputs": {"Out": {"Value": value, **more}},
    }
    template = Template("t", body)
    graph = TemplateGraph([template, Template("other", {"Resources": {}})])
    resource = graph.find(template, "Acl")
    assert resource is not None
    return is_handed_out(resource, graph)


@pytest.mark.parametrize(
    "value",
    [
        {"Ref": "Acl"},
        {"Fn::GetAtt": ["Acl", "Arn"]},
        {"Fn::GetAtt": "Acl.Arn"},
        {"Fn::Sub": "${Acl}"},
        {"Fn::Join": ["/", ["acl", {"Fn::Sub": "${Acl.Arn}"}]]},
    ],
)
def test_a_reference_in_an_output_is_found(value: object) -> None:
    assert handed_out(value)


@pytest.mark.parametrize("value", ["an Acl", {"Ref": "AclLog"}, {"Fn::Sub": "${Log.Acl}"}])
def test_another_name_is_none(value: object) -> None:
    assert not handed_out(value)


def test_an_export_is_for_the_other_templates() -> None:
    assert not handed_out({"Ref": "Acl"}, Export={"Name": "Acl"})
