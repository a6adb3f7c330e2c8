"""`down` ends what is ours, touches nothing else, and removes the state."""

import os
import subprocess
import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from subprocess import Popen

from rich.console import Console

from genai_defense.local.down import command_of, end_leftovers, run_down
from genai_defense.local.processes import Child
from genai_defense.local.workspace import Workspace, locked

Wait = Callable[[Callable[[], bool]], bool]


def _down(project: Path) -> str:
    output = StringIO()
    assert run_down(start=project, console=Console(file=output, width=200)) == 0
    return output.getvalue()


def test_without_state_there_is_nothing_to_do(stuck_project: Path) -> None:
    assert "There is no local run" in _down(stuck_project)


def test_the_state_is_removed(workspace: Workspace) -> None:
    assert "Removed" in _down(workspace.root)
    assert not workspace.state.exists()


def test_a_run_that_is_on_is_ended(
    stuck_project: Path, start_up: Callable[[Path], "Popen[str]"], wait_until: Wait
) -> None:
    run = start_up(stuck_project)
    assert wait_until((stuck_project / "cdk.pids").exists)
    assert "Asked the local run to end." in _down(stuck_project)
    run.communicate(timeout=20)
    assert run.returncode == 130
    assert not (stuck_project / ".genai-defense").exists()


def test_a_leftover_of_ours_is_killed(workspace: Workspace, wait_until: Wait) -> None:
    with (
        workspace.log("x").open("wb") as log,
        Child(["/bin/sleep", "600"], env={"PATH": os.defpath}, cwd=workspace.root, output=log) as child,
    ):
        # Right after the start the kernel does not know the command line yet.
        assert wait_until(lambda: command_of(child.pid) != "")
        with locked(workspace) as lock:
            lock.record([child.pid])
        assert "killed 1 process groups" in _down(workspace.root)
        assert not child.running()


def test_a_foreign_process_with_the_same_id_is_left_alone() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", "input()"], stdin=subprocess.PIPE, start_new_session=True
    ) as foreign:
        assert end_leftovers([foreign.pid]) == []
        assert foreign.poll() is None
        foreign.kill()


def test_a_process_that_is_gone_has_no_command() -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        gone.wait()
    assert command_of(gone.pid) == ""
    assert "python" in command_of(os.getpid())
