import json
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from genai_defense.checks.read.deployment import Deployment
from genai_defense.checks.read.errors import UnusableInputError
from genai_defense.cli import app
from genai_defense.proofs import run
from genai_defense.proofs.formats import as_json
from genai_defense.proofs.names import ProofFormat, ProverName
from genai_defense.proofs.proof import Proof
from genai_defense.proofs.run import Prover, available, run_proofs
from tests.checks.any_template import any_template, cases
from tests.proofs.any_ways import any_ways

_TOPIC: dict[str, Any] = {"Resources": {"Topic": {"Type": "AWS::SNS::Topic"}}}
_OPEN: dict[str, Any] = {
    "Resources": {
        "Role": {
            "Type": "AWS::IAM::Role",
            "Properties": {"ManagedPolicyArns": ["arn:aws:iam::aws:policy/AmazonBedrockFullAccess"]},
        },
        "Ask": {"Type": "AWS::Lambda::Function", "Properties": {"Role": {"Fn::GetAtt": ["Role", "Arn"]}}},
        "Url": {
            "Type": "AWS::Lambda::Url",
            "Properties": {"AuthType": "NONE", "TargetFunctionArn": {"Ref": "Ask"}},
        },
    }
}
_PATHS = ("--prover", "network", "--prover", "request-path")


def _file(folder: Path, content: dict[str, Any], name: str = "template.json") -> Path:
    path = folder / name
    path.write_text(json.dumps(content))
    return path


def _prove(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["prove", *map(str, arguments)])


def _replace_prover(monkeypatch: pytest.MonkeyPatch, prove: Prover) -> None:
    def instead(_name: ProverName) -> Prover:
        return prove

    monkeypatch.setattr(run, "prover", instead)


def test_the_exit_code_says_whether_everything_holds(tmp_path: Path) -> None:
    assert _prove(_file(tmp_path, _TOPIC), *_PATHS).exit_code == 0
    assert _prove(_file(tmp_path, _OPEN), *_PATHS).exit_code == 1
    assert _prove(tmp_path / "none.json").exit_code == 2


def test_an_unusable_input_is_one_line(tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text('{"a": ')
    result = _prove(_file(tmp_path, _TOPIC), broken)
    assert (result.exit_code, result.stdout) == (2, "")
    assert len(result.stderr.splitlines()) == 1
    nowhere = _prove(_file(tmp_path, _TOPIC), *_PATHS, "--output", tmp_path / "no" / "folder")
    assert nowhere.exit_code == 2
    assert "No such file" in nowhere.stderr


def test_text_shows_claim_verdict_counterexample_and_what_was_seen(tmp_path: Path) -> None:
    shown = _prove(_file(tmp_path, _OPEN), "--prover", "request-path").stdout
    assert "FAILS  Every way from a public entry to a model passes a guardrail." in shown
    assert "    ! Url -> Ask -> Role (AmazonBedrockFullAccess) -> a model: no guardrail on the way" in shown
    assert "    seen: Url -> Ask -> " in shown
    assert shown.endswith("template.json: 4 fails\n")


def test_the_table_says_what_still_holds_without_a_layer(kit_file: Path) -> None:
    shown = _prove(kit_file, "--prover", "request-path").stdout
    assert "without web ACL of the API           fails" in shown
    assert "without web ACL of the distribution  holds" in shown
    markdown = _prove(kit_file, "--prover", "request-path", "--format", "markdown").stdout
    assert "| `request-path-passes-web-acl` | web ACL of the distribution | holds |" in markdown


@pytest.fixture(scope="session")
def kit_file(assembly_of: Any) -> Path:
    """The kit's assembly of prod."""
    assembly: Path = assembly_of("prod")
    return assembly


def test_json_passes_its_schema_and_names_every_prover_asked(tmp_path: Path, kit_file: Path) -> None:
    schema = json.loads(Path(as_json.__file__).with_name("prove-report.schema.json").read_text())
    output = tmp_path / "proofs.json"
    result = _prove(_file(tmp_path, _OPEN), kit_file, *_PATHS, "--format", "json", "--output", output)
    assert (result.exit_code, result.stdout) == (1, "")
    report = json.loads(output.read_text())
    jsonschema.validate(report, schema)
    assert {proof["prover"] for one in report["results"] for proof in one["proofs"]} == set(_PATHS[1::2])
    assert [one["summary"]["fails"] > 0 for one in report["results"]] == [True, False]


def test_the_schema_knows_every_prover() -> None:
    schema = json.loads(Path(as_json.__file__).with_name("prove-report.schema.json").read_text())
    assert schema["$defs"]["proof"]["properties"]["prover"]["enum"] == [name.value for name in ProverName]


def test_markdown_escapes_what_a_template_says(tmp_path: Path) -> None:
    body = json.loads(json.dumps(_OPEN).replace('"Url"', '"a|b<c@d"'))
    shown = _prove(_file(tmp_path, body), "--prover", "request-path", "--format", "markdown").stdout
    assert "a\\|b&lt;c&#64;d" in shown
    assert "| request-path | Every way from a public entry to a model passes a web ACL." in shown


def test_the_organizations_policies_join_every_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[list[str]] = []

    def listening(deployment: Deployment) -> list[Proof]:
        seen.append([template.name for template in deployment.templates])
        return []

    _replace_prover(monkeypatch, listening)
    paths = [_file(tmp_path, _TOPIC, "a.json"), _file(tmp_path, _TOPIC, "b.json")]
    policies = _file(tmp_path, {"Resources": {"Scp": {"Type": "AWS::Organizations::Policy"}}}, "scp.json")
    assert _prove(*paths, "--prover", "network", "--organization", policies).exit_code == 0
    assert seen == [[str(path), str(policies)] for path in paths]


def test_a_prover_that_breaks_down_is_no_proof(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_deployment: Deployment) -> list[Proof]:
        raise RuntimeError("out of luck")

    _replace_prover(monkeypatch, broken)
    result = _prove(_file(tmp_path, _TOPIC), "--prover", "network")
    assert result.exit_code == 1
    assert "UNKNOWN  The prover network comes to an end." in result.stdout
    assert "out of luck" in result.stdout


def test_it_starts_without_what_only_one_prover_needs(tmp_path: Path) -> None:
    script = (
        "import sys; from typer.testing import CliRunner; from genai_defense.cli import app;"
        f"result = CliRunner().invoke(app, ['prove', {str(_file(tmp_path, _TOPIC))!r}, *{_PATHS!r}]);"
        "print(result.exit_code, sorted({'aws_cdk', 'jsii', 'z3', 'networkx', 'boto3'} & sys.modules.keys()))"
    )
    shown = subprocess.run([sys.executable, "-c", script], text=True, capture_output=True, check=True)
    assert shown.stdout == "0 []\n"


@settings(
    max_examples=cases(60),
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
@given(template=st.one_of(any_template(), any_ways()))
def test_no_template_makes_a_prover_break_down(tmp_path: Path, template: dict[str, Any]) -> None:
    file = _file(tmp_path, template)
    report = ""
    with suppress(UnusableInputError):
        report = run_proofs([file], available(), ProofFormat.JSON, None, lambda _: None).report
    assert "comes to an end" not in report
