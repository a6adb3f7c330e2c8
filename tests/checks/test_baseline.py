"""A known finding does not stop a team; a new one does, and one that has gone is said."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from genai_defense.checks.baseline import apply_baseline, read_baseline
from genai_defense.checks.formats.as_json import write
from genai_defense.checks.judge import Found, Judgement
from genai_defense.checks.read.errors import UnusableInputError

FOUND = Found(
    rule="OwaspLlm-A",
    level="error",
    status="non_compliant",
    resource="Docs",
    resource_type="AWS::S3::Bucket",
    path="Properties.Policy.Statement.0.Action",
    message="It is open.",
    remedy="Close it.",
    template="cdk.out/Shop.template.json",
    construct_path="",
)


def _judgement(*findings: Found) -> Judgement:
    return Judgement(path="cdk.out", findings=findings, evidence=(), counts={}, resources=1)


def _baseline(folder: Path, *findings: Found) -> Path:
    file = folder / "baseline.json"
    file.write_text(write([_judgement(*findings)]))
    return file


@pytest.mark.parametrize(
    "now",
    [
        FOUND,
        replace(FOUND, path="Properties.Policy.Statement.3.Action"),
        replace(FOUND, template="/elsewhere/Shop.template.json"),
        replace(FOUND, message="It stands open.", level="warning"),
    ],
    ids=["same", "moved", "other-folder", "reworded"],
)
def test_a_known_finding_is_known_again(tmp_path: Path, now: Found) -> None:
    known = read_baseline(_baseline(tmp_path, FOUND))
    (judgement,), stale = apply_baseline([_judgement(now)], known)
    assert [found.is_open for found in judgement.findings] == [False]
    assert stale == []


@pytest.mark.parametrize(
    "now",
    [
        replace(FOUND, rule="OwaspLlm-B"),
        replace(FOUND, resource="Other"),
        replace(FOUND, path="Properties.Policy.Statement.0.Principal"),
        replace(FOUND, template="cdk.out/Other.template.json"),
    ],
    ids=["rule", "resource", "property", "template"],
)
def test_a_new_finding_is_open_and_the_old_one_stale(tmp_path: Path, now: Found) -> None:
    known = read_baseline(_baseline(tmp_path, FOUND))
    (judgement,), stale = apply_baseline([_judgement(now)], known)
    assert [found.is_open for found in judgement.findings] == [True]
    assert [(entry.rule, entry.resource) for entry in stale] == [("OwaspLlm-A", "Docs")]


def test_what_was_acknowledged_is_no_part_of_a_baseline(tmp_path: Path) -> None:
    assert read_baseline(_baseline(tmp_path, replace(FOUND, acknowledged="A reason."))) == frozenset()


@pytest.mark.parametrize(
    "content", ["", "{}", "[]", json.dumps({"results": [{"findings": [{}]}]}), "[" * 9999]
)
def test_what_is_no_baseline_is_one_line(tmp_path: Path, content: str) -> None:
    file = tmp_path / "baseline.json"
    file.write_text(content)
    with pytest.raises(UnusableInputError, match="Make one with"):
        read_baseline(file)


def test_a_missing_baseline_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(UnusableInputError, match="No such file"):
        read_baseline(tmp_path / "none.json")
