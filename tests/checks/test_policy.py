"""Policy documents are read as IAM reads them; what is opaque may be anything."""

import pytest

from genai_defense.checks.policy import Statement, matches, statements, wildcards
from genai_defense.checks.template_graph import Template, TemplateGraph
from genai_defense.checks.values import Pseudo, Reference, Text, Unresolved, Value


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("*", "bedrock:InvokeModel", True),
        ("bedrock:invoke*", "bedrock:InvokeModel", True),
        ("bedrock:InvokeMode?", "bedrock:InvokeModel", True),
        ("bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream", False),
        ("bedrock.InvokeModel", "bedrock:InvokeModel", False),
        (Unresolved("?"), "anything", True),
        (Text(("arn:", Pseudo("AWS::Partition"), ":s3:::b")), "arn:aws:s3:::b", True),
        (Text(("arn:", Pseudo("AWS::Partition"), ":s3:::b")), "arn:aws:s3:::c", False),
    ],
)
def test_patterns_match_as_in_iam(pattern: Value, text: str, *, expected: bool) -> None:
    assert matches(pattern, text) is expected


@pytest.mark.parametrize(("kind", "expected"), [("AWS::S3::Bucket", "{Subject}"), ("Custom::Lookup", "*")])
def test_a_reference_names_one_thing_unless_it_may_return_anything(kind: str, expected: str) -> None:
    (subject,) = TemplateGraph([Template("t", {"Resources": {"Subject": {"Type": kind}}})]).of_type(kind)
    assert wildcards(Reference(subject, "Arn")) == expected


def test_statements_carry_their_place() -> None:
    document: Value = {"Statement": [{"Sid": "One"}, {"Sid": "Two"}]}
    assert [each.path for each in statements(document, "Doc")] == ["Doc.Statement.0", "Doc.Statement.1"]
    assert [each.path for each in statements({"Statement": {"Sid": "Alone"}}, "Doc")] == ["Doc.Statement.0"]
    assert [each.path for each in statements(None, "Doc")] == []


def test_an_opaque_document_may_allow_everything() -> None:
    (statement,) = statements(Unresolved("?"), "Doc")
    assert statement.may_allow
    assert statement.may_cover("any:Action")
    assert statement.may_reach("any")
    assert statement.demanded("any:Key") == []


@pytest.mark.parametrize(
    ("operator", "demands"),
    [
        ("StringEquals", True),
        ("stringlike", True),
        ("ArnLike", True),
        ("ForAnyValue:StringEquals", True),
        ("StringEqualsIfExists", False),
        ("ForAllValues:StringEquals", False),
        ("StringNotEquals", False),
        ("Null", False),
    ],
)
def test_only_some_operators_demand_a_key(operator: str, *, demands: bool) -> None:
    statement = Statement(path="", body={"Condition": {operator: {"aws:SourceVpce": "vpce-1"}}})
    assert statement.demanded("AWS:sourcevpce") == (["vpce-1"] if demands else [])
