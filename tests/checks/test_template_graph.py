"""Templates become one graph of typed resources; what is malformed never breaks it."""

import pytest

from genai_defense.checks.template_graph import Template, TemplateGraph
from genai_defense.checks.values import Unresolved

BODY = {
    "Resources": {
        "Logs": {"Type": "AWS::S3::Bucket", "Metadata": {"aws:cdk:path": "Stack/Logs/Resource"}},
        "Data": {
            "Type": "AWS::S3::Bucket",
            "Properties": {"LoggingConfiguration": {"DestinationBucketName": {"Ref": "Logs"}}},
        },
        "Policy": {"Type": "AWS::S3::BucketPolicy", "Properties": {"Bucket": {"Fn::Sub": "x-${Data}"}}},
    }
}


def test_resources_are_found_by_type_with_their_construct() -> None:
    logs, data = TemplateGraph([Template("stack", BODY)]).of_type("AWS::S3::Bucket")
    assert (logs.logical_id, logs.construct_path) == ("Logs", "Stack/Logs/Resource")
    assert (data.logical_id, data.construct_path) == ("Data", "")


def test_referrers_are_found_inside_texts_too() -> None:
    graph = TemplateGraph([Template("stack", BODY)])
    logs, data = graph.of_type("AWS::S3::Bucket")
    (policy,) = graph.of_type("AWS::S3::BucketPolicy")
    assert graph.referrers(logs) == (data,)
    assert graph.referrers(data) == (policy,)
    assert graph.referrers(policy) == ()


def test_a_missing_property_is_none_and_one_behind_a_token_is_unresolved() -> None:
    body = {"Resources": {"A": {"Type": "T", "Properties": {"Whole": {"Ref": "Nothing"}, "Text": "x"}}}}
    (resource,) = TemplateGraph([Template("stack", body)]).of_type("T")
    assert resource.get("Missing.Deeper") is None
    assert isinstance(resource.get("Whole.Deeper"), Unresolved)
    assert isinstance(resource.get("Text.Deeper"), Unresolved)


def test_two_templates_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="Two templates are named stack"):
        TemplateGraph([Template("stack", BODY), Template("stack", BODY)])


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"Resources": None},
        {"Resources": []},
        {"Resources": {"A": None}},
        {"Resources": {"A": {"Type": "T", "Properties": []}}},
        {"Resources": {"A": {"Type": "T", "Properties": "x", "Metadata": 1}}, "Outputs": {"O": 1}},
        {"Resources": {"A": {"Type": "T"}}, "Outputs": {"O": {"Export": {"Name": {"Fn::ImportValue": "x"}}}}},
        {"Resources": {"A": {"Type": "T", "Properties": {"P": {"Fn::ImportValue": "x"}}}}, "Outputs": [1]},
    ],
)
def test_a_malformed_template_breaks_nothing(body: dict[str, object]) -> None:
    graph = TemplateGraph([Template("stack", body)])
    for resource in graph.of_type("T"):
        assert resource.get("P") is None or isinstance(resource.get("P"), Unresolved)
        assert graph.referrers(resource) == ()


def test_what_is_computed_of_a_graph_is_computed_once() -> None:
    answers = iter(range(9))
    graph = TemplateGraph([])
    assert [graph.remember("number", lambda: next(answers)) for _ in range(2)] == [0, 0]
    assert graph.remember("other", lambda: next(answers)) == 1
