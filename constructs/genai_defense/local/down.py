"""`genai-defense down`: ends what a local run left behind and removes its state."""

import contextlib
import os
import signal
import subprocess
import time
from pathlib import Path

from rich.console import Console

from genai_defense.local.errors import LocalRunError
from genai_defense.local.processes import end_group, group_alive
from genai_defense.local.workspace import Workspace, find_workspace, locked, read_lock, remove

_PATIENCE_SECONDS = 20.0
# A process id may have been given to somebody else's program since: only these are ours.
_OURS = ("genai_defense.local.emulator_child", "genai_defense/local/leash.py")


def command_of(pid: int) -> str:
    """The command line of a process; empty when it is gone."""
    proc = Path(f"/proc/{pid}/cmdline")
    if proc.parent.parent.joinpath("self").exists():
        try:
            return proc.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            return ""
    question = ["ps", "-o", "command=", "-p", str(pid)]
    listed = subprocess.run(question, capture_output=True, text=True, check=False)  # noqa: S603 - macOS's own ps
    return listed.stdout.strip()


def end_leftovers(groups: list[int]) -> list[int]:
    """Kill the process groups that are still ours; those that were killed."""
    ours = [
        group for group in groups if group_alive(group) and any(mark in command_of(group) for mark in _OURS)
    ]
    for group in ours:
        end_group(group, 1.0)
    return ours


def _ask_to_end(workspace: Workspace) -> bool:
    """Ask a run that holds the lock to end; whether one did."""
    try:
        with locked(workspace):
            return False
    except LocalRunError:
        pid, _ = read_lock(workspace)
    if pid is None:
        return False
    # The lock is held, so the process that wrote the file lives and the id is its own.
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGTERM)
    return True


def run_down(*, start: Path, console: Console) -> int:
    """End a run, its leftovers, and remove the state folder.

    Raises:
        LocalRunError: A run does not end, or there is no project.
    """
    workspace = find_workspace(start)
    if not workspace.state.exists():
        console.print("There is no local run and no state.")
        return 0
    if _ask_to_end(workspace):
        console.print("Asked the local run to end.")
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            with locked(workspace):
                killed = end_leftovers(read_lock(workspace)[1])
                remove(workspace.state)
            break
        except LocalRunError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
    console.print(f"Removed {workspace.state}" + (f", killed {len(killed)} process groups" if killed else ""))
    return 0
