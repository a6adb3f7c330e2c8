"""No child outlives the local run."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from genai_defense.local.processes import Child, group_alive

_TREE = 'trap "" TERM; echo $$ > pids; sleep 600 & echo $! >> pids; wait'
_PARENT = """
import sys, time
from pathlib import Path
from genai_defense.local.processes import Child
with open("log", "wb") as log:
    child = Child(["/bin/sh", "-c", sys.argv[1]], env={"PATH": "/usr/bin:/bin"}, cwd=Path.cwd(), output=log)
time.sleep(600)
"""

Alive = Callable[[int], bool]
Wait = Callable[[Callable[[], bool]], bool]


def _pids(folder: Path) -> list[int]:
    file = folder / "pids"
    return [int(line) for line in file.read_text().split()] if file.exists() else []


def test_stop_ends_a_tree_that_ignores_term(tmp_path: Path, alive: Alive, wait_until: Wait) -> None:
    with (tmp_path / "log").open("wb") as log:
        child = Child(["/bin/sh", "-c", _TREE], env={"PATH": os.defpath}, cwd=tmp_path, output=log)
    assert wait_until(lambda: len(_pids(tmp_path)) == 2)
    child.stop(grace=0.2)
    assert not group_alive(child.pid)
    assert not any(alive(pid) for pid in _pids(tmp_path))


def test_a_killed_parent_takes_the_tree_along(tmp_path: Path, alive: Alive, wait_until: Wait) -> None:
    parent = subprocess.Popen([sys.executable, "-c", _PARENT, _TREE], cwd=tmp_path)
    assert wait_until(lambda: len(_pids(tmp_path)) == 2)
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    assert wait_until(lambda: not any(alive(pid) for pid in _pids(tmp_path)))


def test_the_exit_code_comes_through(tmp_path: Path) -> None:
    with (tmp_path / "log").open("wb") as log:
        child = Child(["/bin/sh", "-c", "exit 7"], env={"PATH": os.defpath}, cwd=tmp_path, output=log)
    assert child.wait(timeout=20) == 7
    child.stop()


def test_a_child_gets_only_the_environment_that_it_is_given(tmp_path: Path) -> None:
    with (
        (tmp_path / "log").open("wb") as log,
        Child(["/usr/bin/env"], env={"ONLY": "this"}, cwd=tmp_path, output=log) as child,
    ):
        assert child.wait(timeout=20) == 0
    assert (tmp_path / "log").read_text().startswith("ONLY=this")
