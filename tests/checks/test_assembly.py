"""Templates are read from files, together with their nested stacks."""

import json
from pathlib import Path

import pytest

from genai_defense.checks.assembly import load_templates


def test_nested_stacks_are_read_with_their_parent(tmp_path: Path) -> None:
    digest = "0a" * 32
    url = {"Fn::Join": ["", ["https://s3.", {"Ref": "AWS::Region"}, f".amazonaws.com/bucket/{digest}.json"]]}
    nested = {"Type": "AWS::CloudFormation::Stack", "Properties": {"TemplateURL": url}}
    elsewhere = {
        "Type": "AWS::CloudFormation::Stack",
        "Properties": {"TemplateURL": "https://elsewhere/a.json"},
    }
    resources = {"Nested": nested, "Elsewhere": elsewhere}
    (tmp_path / "outer.template.json").write_text(json.dumps({"Resources": resources}))
    (tmp_path / "outer.assets.json").write_text(
        json.dumps({"files": {digest: {"source": {"path": "inner.json"}}}})
    )
    (tmp_path / "inner.json").write_text('{"Resources": {}}')
    outer, inner = load_templates([tmp_path / "outer.template.json"])
    assert outer.nested_in is None
    assert inner.name == str(tmp_path / "inner.json")
    assert inner.nested_in == (outer.name, "Nested")


@pytest.mark.parametrize("text", ["", "[1]", '"x"', "{"])
def test_a_file_that_is_no_template_is_named(tmp_path: Path, text: str) -> None:
    file = tmp_path / "broken.json"
    file.write_text(text)
    with pytest.raises(ValueError, match=r"broken\.json"):
        load_templates([file])


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"gone\.json"):
        load_templates([tmp_path / "gone.json"])
