"""The main job as a user runs it: all stacks by the real CDK CLI, the real API asked and attacked."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from genai_defense.local.fidelity import NOT_MODELLED
from genai_defense.local.model import StandInModel
from genai_defense.local.processes import group_alive
from genai_defense.local.up import steps_for
from genai_defense.local.workspace import Workspace, read_lock

_ROOT = Path(__file__).resolve().parents[2]
_SHARED = ("app.py", "cdk.json", "stacks", "constructs", "lambda", "build", "node_modules", ".venv")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """This checkout with a state folder of its own, so that a local run beside the tests is left alone."""
    for name in _SHARED:
        (tmp_path / name).symlink_to(_ROOT / name)
    return tmp_path


def _step_names() -> list[str]:
    with StandInModel() as stand_in:
        return [step.name for step in steps_for(stand_in, load=True)]


# One test: the run takes long, and each of xdist's workers would start one of its own.
def test_up_once_deploys_asks_attacks_and_leaves_nothing_behind(project: Path) -> None:
    environment = {**os.environ, "AWS_PROFILE": "must-not-matter", "HTTPS_PROXY": "http://127.0.0.1:9"}
    run = subprocess.run(
        [sys.executable, "-m", "genai_defense.cli", "up", "--once", "--load"],
        cwd=project,
        env=environment,
        capture_output=True,
        text=True,
        timeout=540,
        check=False,
    )
    steps = re.findall(r"^  (pass|FAIL)  (.+) \(\d+\.\d s\)$", run.stdout, re.MULTILINE)
    assert steps == [("pass", name) for name in _step_names()], run.stdout + run.stderr
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout.rstrip().endswith(f"All {len(steps)} steps passed.")
    kinds = re.findall(r"^\| (AWS::\S+) +\| +\d+ +\| (\S.*?) +\|", run.stdout, re.MULTILINE)
    assert len(kinds) > 40
    assert {fidelity for _, fidelity in kinds} == {"real", "recorded only", "not modelled"}
    assert all(sentence in run.stdout for sentence in NOT_MODELLED)
    groups = read_lock(Workspace(project))[1]
    assert groups
    assert not any(map(group_alive, groups))
