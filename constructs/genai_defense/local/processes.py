"""Child processes that never outlive the local run."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import IO, Self

_LEASH = Path(__file__).with_name("leash.py")
_POLL_SECONDS = 0.02


class Child:
    """A command in a process group of its own, on a leash.

    Args:
        command: Program and arguments.
        env: The whole environment of the command.
        cwd: Its working directory.
        output: Where its standard output and error go.
        pass_fds: Descriptors that it inherits, for example a listening socket.
        leashed: False when the command calls `leash.hold()` itself.
    """

    def __init__(
        self,
        command: list[str],
        *,
        env: Mapping[str, str],
        cwd: Path,
        output: IO[bytes],
        pass_fds: Iterable[int] = (),
        leashed: bool = True,
    ) -> None:
        wrapped = [sys.executable, "-IS", str(_LEASH), *command] if leashed else command
        self.process = subprocess.Popen(  # noqa: S603 - the local run's own commands
            wrapped,
            env=dict(env),
            cwd=cwd,
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=subprocess.STDOUT,
            pass_fds=tuple(pass_fds),
            start_new_session=True,
        )

    @property
    def pid(self) -> int:
        """Id of the process and of its group."""
        return self.process.pid

    def running(self) -> bool:
        """Whether the command still runs."""
        return self.process.poll() is None

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the command's exit code; seconds. Raises subprocess.TimeoutExpired."""
        return self.process.wait(timeout)

    def stop(self, grace: float = 1.0) -> None:
        """End the whole group: ask, wait `grace` seconds, then kill. Returns when nobody of it is left."""
        end_group(self.pid, grace, reap=self.process.poll)
        self.process.wait()
        if self.process.stdin is not None:
            with contextlib.suppress(OSError):
                self.process.stdin.close()

    def __enter__(self) -> Self:
        """It runs already."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop."""
        self.stop()


def group_alive(group: int) -> bool:
    """Whether any process of the group is left (a zombie that nobody waited for counts)."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def end_group(group: int, grace: float, *, reap: object = None) -> None:
    """Send TERM to a process group, after `grace` seconds KILL, and wait until it is gone."""
    for sent, patience in ((signal.SIGTERM, grace), (signal.SIGKILL, 5.0)):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(group, sent)
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            if callable(reap):
                reap()
            if not group_alive(group):
                return
            time.sleep(_POLL_SECONDS)
