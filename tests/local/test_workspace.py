"""One run at a time, room on the disk, nothing left of the run before."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from genai_defense.local.errors import LocalRunError
from genai_defense.local.workspace import Workspace, find_workspace, locked, read_lock, remove

_HOLDER = """
import sys, time
from pathlib import Path
from genai_defense.local.workspace import Workspace, locked
with locked(Workspace(Path(sys.argv[1]))) as lock:
    lock.record([])
    print("held", flush=True)
    time.sleep(600)
"""


def _hold(root: Path) -> subprocess.Popen[str]:
    holder = subprocess.Popen([sys.executable, "-c", _HOLDER, str(root)], stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    return holder


def test_a_second_run_is_told_who_holds_the_first(workspace: Workspace) -> None:
    with _hold(workspace.root) as holder:
        try:
            with (
                pytest.raises(LocalRunError, match=rf"process {holder.pid}.*\n.*genai-defense down"),
                locked(workspace),
            ):
                pass
        finally:
            holder.kill()


def test_a_killed_run_leaves_no_lock(workspace: Workspace) -> None:
    with _hold(workspace.root) as holder:
        holder.kill()
    with locked(workspace) as lock:
        lock.record([7])
        assert read_lock(workspace) == (os.getpid(), [7])


def test_a_full_disk_is_found_before_anything_starts(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nearly_full(_path: Path) -> SimpleNamespace:
        return SimpleNamespace(free=12 * 1024 * 1024)

    monkeypatch.setattr(shutil, "disk_usage", nearly_full)
    with pytest.raises(LocalRunError, match=r"12 MiB left; the local run needs 300 MiB.*\n.*Free some room"):
        workspace.prepare()


def test_prepare_removes_what_an_earlier_run_left(workspace: Workspace) -> None:
    (workspace.state / "aws").mkdir()
    (workspace.state / "aws" / "old").touch()
    workspace.log("cdk-deploy").touch()
    workspace.prepare()
    assert [entry.name for entry in workspace.state.iterdir()] == ["logs"]
    assert list(workspace.logs.iterdir()) == []


def test_the_project_is_found_from_a_folder_below(workspace: Workspace) -> None:
    below = workspace.root / "a" / "b"
    below.mkdir(parents=True)
    assert find_workspace(below) == workspace


def test_a_folder_without_a_project_is_named(tmp_path: Path) -> None:
    with pytest.raises(LocalRunError, match=rf"no cdk\.json in {tmp_path}.*\n.*Change to the project"):
        find_workspace(tmp_path)


@pytest.mark.parametrize("content", ["", "{}", '{"pid": "x", "groups": []}', '{"pid": 1, "groups": 5}', "[]"])
def test_a_damaged_lock_file_says_nothing(workspace: Workspace, content: str) -> None:
    workspace.lock_file.write_text(content)
    assert read_lock(workspace) == (None, [])


def test_removing_is_silent_about_what_is_not_there(tmp_path: Path) -> None:
    remove(tmp_path / "missing")
    assert list(tmp_path.iterdir()) == []
