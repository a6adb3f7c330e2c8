"""The state folder of the local run: paths, the lock that lets one run in at a time, room on the disk."""

import contextlib
import fcntl
import json
import os
import shutil
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from genai_defense.local.errors import LocalRunError

STATE_FOLDER = ".genai-defense"
MINIMUM_FREE_MIB = 300
_MIB = 1024 * 1024


@dataclass(frozen=True)
class Workspace:
    """Where a local run of one checkout keeps its things.

    Attributes:
        root: The project, the folder that holds cdk.json.
    """

    root: Path

    @property
    def state(self) -> Path:
        """Everything that `genai-defense down` removes."""
        return self.root / STATE_FOLDER

    @property
    def logs(self) -> Path:
        """One file for each program that the run starts."""
        return self.state / "logs"

    @property
    def lock_file(self) -> Path:
        """Held while a run is on; names its process and its process groups."""
        return self.state / "run.lock"

    @property
    def assembly(self) -> Path:
        """What the CDK CLI synthesized for the local run."""
        return self.state / "cdk.out"

    @property
    def outputs(self) -> Path:
        """Stack outputs as the CDK CLI wrote them."""
        return self.state / "outputs.json"

    def log(self, name: str) -> Path:
        """The log file of one program."""
        return self.logs / f"{name}.log"

    def prepare(self) -> None:
        """Make the folders and throw away what an earlier run left, logs included.

        Raises:
            LocalRunError: There is too little room on the disk.
        """
        self.state.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(self.state).free // _MIB
        if free < MINIMUM_FREE_MIB:
            raise LocalRunError(
                f"The disk of {self.state} has {free} MiB left; the local run needs {MINIMUM_FREE_MIB} MiB.",
                "Free some room, or run from a checkout on another disk.",
            )
        for entry in self.state.iterdir():
            if entry != self.lock_file:
                remove(entry)
        self.logs.mkdir()


def remove(path: Path) -> None:
    """Remove a file or a folder, if it is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def find_workspace(start: Path) -> Workspace:
    """The workspace of the project that holds a folder.

    Raises:
        LocalRunError: No cdk.json in the folder or above it.
    """
    for folder in (start, *start.parents):
        if (folder / "cdk.json").is_file():
            return Workspace(folder)
    raise LocalRunError(
        f"There is no cdk.json in {start} or above it.", "Change to the project's folder and start again."
    )


@dataclass
class Lock:
    """The held lock of a workspace; remembers what must be ended if this process cannot do it itself."""

    _file: IO[str]

    def record(self, groups: list[int]) -> None:
        """Write down the process groups that belong to this run."""
        self._file.seek(0)
        self._file.truncate()
        json.dump({"pid": os.getpid(), "groups": groups}, self._file)
        self._file.flush()


def read_lock(workspace: Workspace) -> tuple[int | None, list[int]]:
    """Process id and groups of the run that wrote the lock file last; (None, []) when it says nothing."""
    try:
        content = json.loads(workspace.lock_file.read_text(encoding="utf-8"))
        return int(content["pid"]), [int(group) for group in content["groups"]]
    except (OSError, ValueError, KeyError, TypeError):
        return None, []


@contextlib.contextmanager
def locked(workspace: Workspace) -> Generator[Lock]:
    """Hold the workspace. The kernel lets go of the lock when the process dies, however it dies.

    Raises:
        LocalRunError: Another run holds it.
    """
    workspace.state.mkdir(parents=True, exist_ok=True)
    with workspace.lock_file.open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            pid, _ = read_lock(workspace)
            raise LocalRunError(
                f"Another local run{f' (process {pid})' if pid else ''} uses {workspace.state}.",
                "Use that one, end it with Ctrl-C, or end it with: genai-defense down",
            ) from None
        yield Lock(file)
