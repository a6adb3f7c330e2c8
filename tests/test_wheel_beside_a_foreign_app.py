"""The wheel, installed into an empty environment, checks somebody else's CDK app: at synth and by command."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FOREIGN_APP = """
import aws_cdk as cdk
from aws_cdk import Validations
from aws_cdk import aws_iam as iam

app = cdk.App(outdir="cdk.out")
stack = cdk.Stack(app, "Shop")
role = iam.Role(stack, "Caller", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
role.add_to_policy(iam.PolicyStatement(actions=["bedrock:InvokeModel"], resources=["*"]))
"""
PLUGIN = """
from genai_defense.checks.plugin import OwaspLlm

Validations.of(app).add_plugins(OwaspLlm())
"""
FINDING = "OwaspLlm-InvokeModelRequiresGuardrailVersion"


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A virtual environment with the wheel and what it asks for, in the versions of this checkout."""
    folder = tmp_path_factory.mktemp("empty")
    built = ["uv", "build", "--wheel", "--no-build-isolation", "--quiet", "--python", sys.executable]
    subprocess.run([*built, "--out-dir", str(folder), str(ROOT)], check=True, timeout=300)
    (wheel,) = folder.glob("*.whl")
    pins = re.findall(r"^[\w.-]+==[^ \\]+", (ROOT / "requirements-dev.txt").read_text(), re.MULTILINE)
    (folder / "pins.txt").write_text("\n".join(pins))
    made = folder / "venv"
    subprocess.run(["uv", "venv", "--quiet", "--python", sys.executable, str(made)], check=True, timeout=60)
    installed = ["uv", "pip", "install", "--quiet", "--python", str(made / "bin" / "python")]
    subprocess.run(
        [*installed, "--constraint", str(folder / "pins.txt"), str(wheel)], check=True, timeout=600
    )
    return made


def _run(environment: Path, folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    outside = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "VIRTUAL_ENV"}}
    program, *rest = command
    return subprocess.run(
        [str(environment / "bin" / program), *rest],
        cwd=folder,
        env=outside,
        text=True,
        capture_output=True,
        check=False,
        timeout=300,
    )


def test_a_foreign_app_is_checked_at_synth(environment: Path, tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text(f"{FOREIGN_APP}{PLUGIN}\napp.synth()\n")
    result = _run(environment, tmp_path, "python", "app.py")
    report = json.loads((tmp_path / "cdk.out" / "validation-report.json").read_text())
    assert FINDING in json.dumps(report), result.stderr
    assert result.returncode != 0


def test_a_foreign_assembly_is_checked_by_the_command(environment: Path, tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text(f"{FOREIGN_APP}\napp.synth()\n")
    assert _run(environment, tmp_path, "python", "app.py").returncode == 0
    result = _run(environment, tmp_path, "genai-defense", "check", "cdk.out", "--format", "json")
    assert (result.returncode, result.stderr) == (1, "")
    (checked,) = json.loads(result.stdout)["results"]
    assert FINDING in {finding["rule"] for finding in checked["findings"]}
