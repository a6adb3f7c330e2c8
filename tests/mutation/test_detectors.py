"""Each detector notices what its tool reports of a mutant and did not report before."""

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.cli import app
from genai_defense.mutation.detectors.own_packs import is_new
from tests.mutation.weakenings import TEMPLATE, template_in

_GUARD = """let buckets = Resources.*[ Type == 'AWS::S3::Bucket' ]
rule VERSIONS_ARE_KEPT when %buckets !empty {
  %buckets.Properties.VersioningConfiguration.Status == 'Enabled'
}
"""
# Stands in for checkov: it takes the same arguments, reads the files, and writes the same kind of report.
_CHECKOV = """#!{python}
import json, pathlib, sys
assert "--skip-download" in sys.argv, sys.argv
failed = [
    {{"check_id": "CKV_AWS_21", "resource": "AWS::S3::Bucket." + name, "file_path": "/" + file.name}}
    for file in sorted(pathlib.Path(sys.argv[-1]).iterdir())
    for name, body in json.loads(file.read_text())["Resources"].items()
    if body["Type"] == "AWS::S3::Bucket" and "VersioningConfiguration" not in body["Properties"]
]
print(json.dumps({{"results": {{"failed_checks": failed}}}}))
"""
_CFN_LINT = """#!{python}
import json, pathlib, sys
print(json.dumps([
    {{"Rule": {{"Id": "W3045"}}, "Location": {{"Path": ["Resources", "Docs"]}}, "Filename": name}}
    for name in sys.argv[1:]
    if name.endswith(".json") and "VersioningConfiguration" not in pathlib.Path(name).read_text()
]))
"""


def _noticed(*arguments: object) -> dict[str, Any]:
    result = CliRunner().invoke(app, ["mutate", *map(str, arguments), "--format", "json"])
    report: dict[str, Any] = json.loads(result.stdout)
    return {one["id"].removeprefix("drop-property/app.json/"): one["noticed"] for one in report["mutants"]}


@pytest.mark.usefixtures("two_operators")
def test_packs_of_cdk_nag_are_asked_about_each_mutant(tmp_path: Path) -> None:
    noticed = _noticed(
        *(template_in(tmp_path), "--class", "conventional"),
        *("--detector", "aws-solutions", "--detector", "nist-800-53-r5"),
    )
    assert noticed["Docs/1"] == {
        "aws-solutions": [],
        "nist-800-53-r5": ["NIST.800.53.R5-S3BucketVersioningEnabled"],
    }
    assert noticed["Docs/3"] == {"aws-solutions": [], "nist-800-53-r5": []}


@pytest.mark.usefixtures("two_operators")
def test_rules_of_guard_are_asked_when_given(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "buckets.guard").write_text(_GUARD)
    asked = (template_in(tmp_path), "--class", "conventional", "--detector", "cfn-guard")
    noticed = _noticed(*asked, "--guard-rules", tmp_path / "rules")
    assert [bool(noticed[one]["cfn-guard"]) for one in sorted(noticed)] == [True, False, False]
    refused = CliRunner().invoke(app, ["mutate", *map(str, asked)])
    assert refused.exit_code == 2
    assert "name a folder of .guard files with --guard-rules" in refused.stderr


@pytest.mark.usefixtures("two_operators")
@pytest.mark.parametrize(
    ("name", "program", "rule"), [("checkov", _CHECKOV, "CKV_AWS_21"), ("cfn-lint", _CFN_LINT, "W3045")]
)
def test_an_installed_program_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, program: str, rule: str
) -> None:
    (tmp_path / "bin").mkdir()
    executable = tmp_path / "bin" / name
    executable.write_text(program.format(python=sys.executable))
    executable.chmod(0o755)
    monkeypatch.setenv("PATH", os.pathsep.join([str(tmp_path / "bin"), os.environ["PATH"]]))
    noticed = _noticed(template_in(tmp_path), "--class", "conventional", "--detector", name)
    assert [noticed[one][name] for one in sorted(noticed)] == [[rule], [], []]


@pytest.mark.usefixtures("two_operators")
def test_a_program_that_is_not_installed_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    shown = CliRunner().invoke(
        app,
        ["mutate", str(template_in(tmp_path)), "--detector", "OwaspLlm", "--detector", "checkov"],
    )
    assert "checkov was not asked: it is not installed." in shown.stdout


@pytest.mark.parametrize(
    ("before", "after", "new"),
    [
        (Compliant("kept"), NonCompliant("A", "gone"), True),
        (None, Unknown("A", "a parameter"), True),
        (Unknown("A", "a parameter"), NonCompliant("A", "gone"), True),
        (NonCompliant("Statement.1", "any action"), NonCompliant("Statement.0", "any principal"), True),
        (NonCompliant("Statement.1", "any action"), NonCompliant("Statement.0", "any action"), False),
        (NonCompliant("A", "limit 5"), NonCompliant("A", "limit 9"), False),
        (NonCompliant("A", "gone"), Unknown("B", "a parameter"), True),
        (NonCompliant("A", "off"), NonCompliant("A", "off", (NonCompliant("B", "off"),)), True),
        (NonCompliant("A", "no B"), NonCompliant("A", "no B", (NonCompliant("A", "no C"),)), True),
        (NonCompliant("A.1", "off", (NonCompliant("A.2", "off"),)), NonCompliant("A.0", "off"), False),
        (NonCompliant("A", "off", (NonCompliant("B", "off"),)), NonCompliant("B", "off"), False),
        (NonCompliant("A", "gone"), None, False),
        (NonCompliant("A", "gone"), Compliant("kept"), False),
    ],
)
def test_a_finding_is_new_when_worse_or_of_another_place(
    before: Answer | None, after: Answer | None, *, new: bool
) -> None:
    assert is_new(before, after) is new


@pytest.mark.usefixtures("two_operators")
def test_an_acknowledgement_hides_no_weakening(tmp_path: Path) -> None:
    reason = "This bucket is for pictures that everybody may see, as the review of May found."
    accepted = {"GenAiDefense::Acknowledged": {"OwaspLlm-BucketBlocksPublicAccess": reason}}
    body = json.loads(json.dumps(TEMPLATE))
    body["Resources"]["Docs"]["Metadata"] = accepted
    noticed = _noticed(template_in(tmp_path, body), "--class", "conventional")
    assert "OwaspLlm-BucketBlocksPublicAccess" in noticed["Docs/2"]["OwaspLlm"]
