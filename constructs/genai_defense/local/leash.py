"""Runs one command in a process group that dies with whoever started it.

Started as a file by `genai_defense.local.processes`, so it imports nothing but the standard library. Its
standard input is a pipe whose other end only the parent holds. When the parent is gone (even by SIGKILL,
which no handler sees) the pipe closes, and the whole group is killed: the command, its children, itself.
"""

import contextlib
import os
import signal
import subprocess
import sys
import threading
from types import FrameType

_PIPE_FD = 0


def hold(pipe_fd: int = _PIPE_FD) -> threading.Thread:
    """Kill the own process group as soon as the parent lets go of the pipe."""

    def watch() -> None:
        with contextlib.suppress(OSError):
            while os.read(pipe_fd, 1):
                pass
        os.killpg(os.getpgid(0), signal.SIGKILL)

    thread = threading.Thread(target=watch, name="leash", daemon=True)
    thread.start()
    return thread


def _let_pass(_number: int, _frame: FrameType | None) -> None:
    """The command ends itself; its exit code is what counts."""


def main(command: list[str]) -> int:
    """Run the command without standard input and pass its exit code on."""
    if os.getpgid(0) != os.getpid():
        sys.exit("leash: must lead its own process group, else it would kill the caller's")
    hold()
    # The terminal's Ctrl-C never reaches this group; a TERM from the parent goes to every member of it.
    signal.signal(signal.SIGTERM, _let_pass)
    with subprocess.Popen(command, stdin=subprocess.DEVNULL) as child:  # noqa: S603 - the local run's own commands
        return child.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
