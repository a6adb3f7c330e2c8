"""`genai-defense check`: what it prints, how it exits, and that nothing makes it break down."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from typer.testing import CliRunner, Result

from genai_defense.checks.formats.names import Format
from genai_defense.checks.pack_names import PackName
from genai_defense.checks.read.errors import UnusableInputError
from genai_defense.checks.run import run_check
from genai_defense.cli import app
from tests.checks.any_template import any_template, cases

_BUCKET = {"Resources": {"Docs": {"Type": "AWS::S3::Bucket"}}}
_TOPIC = {"Resources": {"News": {"Type": "AWS::SSM::Parameter", "Properties": {"Type": "String"}}}}


def _check(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["check", *map(str, arguments)])


def _file(folder: Path, body: Any, name: str = "template.json") -> Path:
    file = folder / name
    file.write_text(body if isinstance(body, str) else json.dumps(body))
    return file


@pytest.mark.parametrize(
    ("arguments", "code"),
    [((), 1), (("--fail-on", "warning"), 1), (("--fail-on", "never"), 0)],
)
def test_findings_make_the_exit_code(tmp_path: Path, arguments: tuple[str, ...], code: int) -> None:
    assert _check(_file(tmp_path, _BUCKET), *arguments).exit_code == code


def test_warnings_fail_only_when_asked(tmp_path: Path) -> None:
    queue = {"Resources": {"Group": {"Type": "AWS::Logs::LogGroup"}}}
    file = _file(tmp_path, queue)
    report = json.loads(_check(file, "--format", "json").stdout)
    levels = {found["level"] for found in report["results"][0]["findings"]}
    assert _check(file).exit_code == ("error" in levels)
    assert _check(file, "--fail-on", "warning").exit_code == 1


def test_nothing_found_is_exit_code_zero(tmp_path: Path) -> None:
    result = _check(_file(tmp_path, _TOPIC))
    assert (result.exit_code, result.stderr) == (0, "")
    assert "1 resource, " in result.stdout


def test_several_paths_are_checked_each_on_its_own(tmp_path: Path) -> None:
    paths = [_file(tmp_path, _BUCKET, "a.json"), _file(tmp_path, _TOPIC, "b.json")]
    report = json.loads(_check(*paths, "--format", "json").stdout)
    assert [result["path"] for result in report["results"]] == [str(path) for path in paths]
    assert [bool(result["findings"]) for result in report["results"]] == [True, False]


def test_the_report_goes_to_a_file(tmp_path: Path) -> None:
    output = tmp_path / "report.sarif"
    result = _check(_file(tmp_path, _BUCKET), "--format", "sarif", "--output", output)
    assert (result.exit_code, result.stdout) == (1, "")
    assert json.loads(output.read_text())["version"] == "2.1.0"


def test_a_report_becomes_a_baseline(tmp_path: Path) -> None:
    template, baseline = _file(tmp_path, _BUCKET), tmp_path / "baseline.json"
    _check(template, "--format", "json", "--output", baseline)
    assert _check(template, "--baseline", baseline).exit_code == 0
    _file(tmp_path, {"Resources": {**_BUCKET["Resources"], "More": {"Type": "AWS::S3::Bucket"}}})
    assert _check(template, "--baseline", baseline).exit_code == 1
    _file(tmp_path, _TOPIC)
    gone = _check(template, "--baseline", baseline)
    assert gone.exit_code == 0
    assert "on Docs in template.json is gone; take it out." in gone.stderr


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('{"a": ', "not readable as JSON"),
        ("a: [1", "not readable as YAML"),
        ({"Resources": {"A": {"DependsOn": "B"}, "B": {"DependsOn": "A"}}}, "cycle of references"),
        ({"openapi": "3.1.0"}, "it has no Resources"),
    ],
)
def test_an_unusable_input_is_one_line_and_exit_code_two(tmp_path: Path, content: Any, message: str) -> None:
    result = _check(_file(tmp_path, _BUCKET, "fine.json"), _file(tmp_path, content, "broken"))
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_missing_path_and_an_output_nowhere_are_too(tmp_path: Path) -> None:
    assert _check(tmp_path / "none.json").exit_code == 2
    assert _check(tmp_path).exit_code == 2
    nowhere = _check(_file(tmp_path, _BUCKET), "--output", tmp_path / "no" / "folder")
    assert nowhere.exit_code == 2
    assert "No such file" in nowhere.stderr


def test_it_needs_no_cdk(tmp_path: Path) -> None:
    """A team without Node.js checks its templates; importing aws_cdk would start one."""
    script = (
        "import sys; from typer.testing import CliRunner; from genai_defense.cli import app;"
        f"result = CliRunner().invoke(app, ['check', {str(_file(tmp_path, _BUCKET))!r}]);"
        "print(result.exit_code, sorted({'aws_cdk', 'jsii', 'samtranslator', 'boto3'} & sys.modules.keys()))"
    )
    shown = subprocess.run([sys.executable, "-c", script], text=True, capture_output=True, check=True)
    assert shown.stdout == "1 []\n"


def test_cdk_nag_is_asked_when_named(tmp_path: Path) -> None:
    result = _check(_file(tmp_path, _BUCKET), "--pack", "aws-solutions", "--format", "json")
    findings = json.loads(result.stdout)["results"][0]["findings"]
    assert {found["resource"] for found in findings} == {"Docs"}
    assert "AwsSolutions-S1" in {found["rule"] for found in findings}
    assert not any(found["rule"].startswith("OwaspLlm") for found in findings)


@pytest.mark.slow
@settings(max_examples=cases(500), deadline=None, suppress_health_check=list(HealthCheck))
@given(template=any_template())
def test_no_template_makes_it_break_down(tmp_path: Path, template: dict[str, Any]) -> None:
    file = _file(tmp_path, template)
    refused, report = "", ""
    try:
        report = run_check([file], [PackName.OWASP_LLM], Format.JSON, None).report
    except UnusableInputError as error:
        refused = str(error)
    assert bool(report) != bool(refused)
    assert len(refused.splitlines()) <= 1
