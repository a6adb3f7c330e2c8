"""The main job as a user runs it: all stacks by the real CDK CLI, the real API asked and attacked."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from genai_defense.local.model import StandInModel
from genai_defense.local.processes import group_alive
from genai_defense.local.up import steps_for
from genai_defense.local.workspace import Workspace, read_lock

pytestmark = pytest.mark.xdist_group("local-run")

_ROOT = Path(__file__).resolve().parents[2]
_SHARED = ("app.py", "cdk.json", "stacks", "constructs", "lambda", "build", "node_modules", ".venv")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This checkout with a state folder of its own, so that a local run beside the tests is left alone."""
    root = tmp_path_factory.mktemp("checkout")
    for name in _SHARED:
        (root / name).symlink_to(_ROOT / name)
    return root


@pytest.fixture(scope="module")
def run(project: Path) -> subprocess.CompletedProcess[str]:
    """`genai-defense up --once`, from its start to its end."""
    command = [sys.executable, "-m", "genai_defense.cli", "up", "--once"]
    environment = {**os.environ, "AWS_PROFILE": "must-not-matter", "HTTPS_PROXY": "http://127.0.0.1:9"}
    return subprocess.run(
        command, cwd=project, env=environment, capture_output=True, text=True, timeout=540, check=False
    )


def test_it_ends_well(run: subprocess.CompletedProcess[str]) -> None:
    assert run.returncode == 0, run.stdout + run.stderr
    assert re.search(r"^All \d+ steps passed\.$", run.stdout, re.MULTILINE)


def test_it_says_nothing_on_standard_error(run: subprocess.CompletedProcess[str]) -> None:
    assert run.stderr == ""


def test_every_step_passed(run: subprocess.CompletedProcess[str]) -> None:
    verdicts = re.findall(r"^  (pass|FAIL)  (.+) \(\d+\.\d s\)$", run.stdout, re.MULTILINE)
    with StandInModel() as stand_in:
        names = [step.name for step in steps_for(stand_in)]
    assert verdicts == [("pass", name) for name in names]


def test_it_tells_what_it_is_not(run: subprocess.CompletedProcess[str]) -> None:
    assert "AWS has not seen these templates" in run.stdout
    kinds = re.findall(r"^\| (AWS::\S+) +\| +\d+ \| (\S.*?) +\|", run.stdout, re.MULTILINE)
    assert len(kinds) > 40
    assert {fidelity for _, fidelity in kinds} == {"real", "recorded only", "not modelled"}


def test_it_leaves_no_process_behind(run: subprocess.CompletedProcess[str], project: Path) -> None:
    assert run.returncode is not None
    groups = read_lock(Workspace(project))[1]
    assert groups
    assert not any(map(group_alive, groups))
