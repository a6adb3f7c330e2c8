"""A file is read as an object, or refused in one line."""

import json
from pathlib import Path

import pytest

from genai_defense.checks.read.document import read_document
from genai_defense.checks.read.errors import UnusableInputError
from genai_defense.checks.read.limits import MAX_BYTES


def _bomb(levels: int) -> str:
    first = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]"
    others = (f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, levels))
    return "\n".join((first, *others))


@pytest.mark.parametrize(
    "text", ['{"Resources": {}}', '\ufeff{"Resources": {}}', "Resources: {}", "---\nResources: {}\n"]
)
def test_json_and_yaml_are_told_apart(tmp_path: Path, text: str) -> None:
    file = tmp_path / "template"
    file.write_text(text, encoding="utf-8")
    assert read_document(file) == {"Resources": {}}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'{"a": ', "not readable as JSON: "),
        (b"a: [1", "not readable as YAML: "),
        (b"- a\n- b", "a template is an object"),
        (b"", "a template is an object"),
        (b"\xff\xfe\x00", "not text in UTF-8"),
        (b'{"a":' * 200_000, "not readable as JSON: "),
        (json.dumps({"a": [[["x"] * 1000] * 1000]}).encode(), "more than 500,000 values"),
        (b'{"a":' * 150 + b"1" + b"}" * 150, "nested deeper than 100 levels"),
        (_bomb(9).encode(), "more than 500,000 values once its aliases are written out"),
        (b" " * (MAX_BYTES + 1), "11 MiB; no template is larger than 10 MiB"),
    ],
    ids=["json", "yaml", "list", "empty", "bytes", "deep-json", "large", "deep", "bomb", "heavy"],
)
def test_what_cannot_be_read_is_one_line(tmp_path: Path, content: bytes, message: str) -> None:
    file = tmp_path / "template"
    file.write_bytes(content)
    with pytest.raises(UnusableInputError, match=message) as caught:
        read_document(file)
    assert str(caught.value).startswith(f"{file}: ")
    assert "\n" not in str(caught.value)


def test_a_missing_file_and_a_folder_are_one_line(tmp_path: Path) -> None:
    with pytest.raises(UnusableInputError, match="No such file"):
        read_document(tmp_path / "none")
    with pytest.raises(UnusableInputError, match="Is a directory"):
        read_document(tmp_path)
