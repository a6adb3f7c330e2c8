"""YAML means to us what it means to CloudFormation."""

import pytest

from genai_defense.checks.read.yaml_text import load_yaml


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: !Ref Bucket", {"a": {"Ref": "Bucket"}}),
        ("a: !GetAtt Bucket.Arn", {"a": {"Fn::GetAtt": ["Bucket", "Arn"]}}),
        ("a: !GetAtt Stack.Outputs.Arn", {"a": {"Fn::GetAtt": ["Stack", "Outputs.Arn"]}}),
        ("a: !GetAtt [Bucket, Arn]", {"a": {"Fn::GetAtt": ["Bucket", "Arn"]}}),
        ("a: !Sub '${Bucket}/*'", {"a": {"Fn::Sub": "${Bucket}/*"}}),
        ("a: !Join ['', [!Ref A, b]]", {"a": {"Fn::Join": ["", [{"Ref": "A"}, "b"]]}}),
        ("a: !If [Prod, 1, !Ref AWS::NoValue]", {"a": {"Fn::If": ["Prod", 1, {"Ref": "AWS::NoValue"}]}}),
        ("a: !Not [!Condition Prod]", {"a": {"Fn::Not": [{"Condition": "Prod"}]}}),
        (
            "a: !Transform {Name: AWS::Include}",
            {"a": {"Fn::Transform": {"Name": "AWS::Include"}}},
        ),
        ("Version: 2012-10-17", {"Version": "2012-10-17"}),
        ("on: 1\n2: b", {"true": 1, "2": "b"}),
        ("a: &x [1]\nb: *x", {"a": [1], "b": [1]}),
    ],
)
def test_short_intrinsics_become_long_ones(text: str, value: object) -> None:
    assert load_yaml(text) == value


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: [1", "line 2"),
        ("a: 1\n b: 2", "line 2"),
        ("a: 1\n---\nb: 2", "document"),
        ("a: !!python/object:os.system {}", "constructor"),
        ("a: &x {b: 1}\nc: {<<: *x}", "line 2: CloudFormation takes no merge keys"),
        ("a: &x [*x]", "recursive"),
        ("[" * 5000, "nested deeper than 100 levels"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_line(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message) as caught:
        load_yaml(text)
    assert "\n" not in str(caught.value)
