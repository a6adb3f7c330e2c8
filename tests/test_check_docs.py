"""What the docs show of `genai-defense check` runs as it stands there."""

import json
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from genai_defense.checks.report import read_validation_report
from genai_defense.cli import app

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text()
EXAMPLES = sorted((ROOT / "docs" / "examples").iterdir())
TEXTS = (README, *(example.read_text() for example in EXAMPLES))


def _shown(text: str) -> list[list[str]]:
    """The commands in a text, without what stands around them."""
    starts = (
        line.partition("genai-defense check ") for line in text.splitlines() if not line.startswith("#")
    )
    return [shlex.split(rest, comments=True) for before, _, rest in starts if rest and "`" not in before]


@pytest.mark.slow
def test_three_lines_check_a_foreign_app(tmp_path: Path) -> None:
    lines = README.split("<!-- plugin -->")[1].split("```python\n")[1].split("```")[0]
    assert len(list(filter(None, lines.splitlines()))) == 3
    program = (
        "from aws_cdk import App, Stack, aws_s3 as s3\n"
        'app = App(outdir="cdk.out")\n'
        f's3.Bucket(Stack(app, "Foreign"), "Docs")\n{lines}app.synth()\n'
    )
    (tmp_path / "app.py").write_text(program)
    run = subprocess.run(
        [sys.executable, "app.py"], cwd=tmp_path, capture_output=True, check=False, timeout=120
    )
    assert run.returncode != 0
    found = {finding.rule for finding in read_validation_report(tmp_path / "cdk.out").open}
    assert "OwaspLlm-DataStoreUsesCustomerManagedKey" in found


@pytest.mark.parametrize(
    "command",
    [each for text in (README, *(e.read_text() for e in EXAMPLES)) for each in _shown(text)],
    ids=" ".join,
)
def test_every_shown_command_is_one(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    parameter = {"Type": "AWS::SSM::Parameter", "Properties": {"Type": "String"}}
    template = json.dumps({"Resources": {"News": parameter}})
    (tmp_path / "template.yaml").write_text(template)
    (tmp_path / "cdk.out").mkdir()
    (tmp_path / "cdk.out" / "Shop.template.json").write_text(template)
    stack = {"type": "aws:cloudformation:stack", "properties": {"templateFile": "Shop.template.json"}}
    (tmp_path / "cdk.out" / "manifest.json").write_text(json.dumps({"artifacts": {"Shop": stack}}))
    (tmp_path / "baseline.json").write_text('{"results": []}')
    result = CliRunner().invoke(app, ["check", *command])
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_every_example_is_yaml(example: Path) -> None:
    assert yaml.safe_load(example.read_text())
