"""One local run for all tests of a session, on whichever worker they land: deploying takes long."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock
from pyotp.totp import TOTP

from genai_defense.local.processes import group_alive
from genai_defense.local.workspace import Workspace, read_lock

_ROOT = Path(__file__).resolve().parents[1]
_SHARED = ("app.py", "stacks", "constructs", "lambda", "build", "node_modules", ".venv")
_READY = "The chatbot is up until Ctrl-C."
_START_SECONDS, _STOP_SECONDS = 900, 60
# Every browser and every scene of the tests comes from one address, as an office does: some 1,500 requests in
# five minutes, which is the default limit to the digit. 3,000 is the most that the rules let pass.
_REQUESTS_PER_FIVE_MINUTES = 3_000


@dataclass(frozen=True)
class LocalRun:
    """A chatbot that `genai-defense up` deployed and keeps up.

    Attributes:
        folder: Where the run's project and output are.
    """

    folder: Path

    @property
    def project(self) -> Path:
        """This checkout with a state folder of its own: a local run beside the tests is left alone."""
        return self.folder / "project"

    @property
    def output(self) -> str:
        """What it printed."""
        return (self.folder / "stdout").read_text(encoding="utf-8")

    @property
    def errors(self) -> str:
        """What it printed to standard error."""
        return (self.folder / "stderr").read_text(encoding="utf-8")

    @property
    def page(self) -> str:
        """Origin of the page."""
        return self._shown("page").rstrip("/")

    @property
    def aws(self) -> str:
        """Origin of the embedded AWS, where users sign in."""
        return self._shown("AWS").removeprefix("AWS_ENDPOINT_URL=")

    @property
    def user(self) -> tuple[str, str]:
        """Name and password."""
        return self._shown("user"), self._shown("password")

    def code(self) -> str:
        """What the authenticator app shows now."""
        return TOTP(self._shown("TOTP secret")).now()

    def _shown(self, name: str) -> str:
        found = re.search(rf"^  {name} +(\S+)", self.output, re.MULTILINE)
        assert found, f"The run printed no {name}:\n{self.output}"
        return found[1]

    def start(self) -> int:
        """Deploy, and wait until it stays up; the process id."""
        self.project.mkdir(parents=True)
        for name in _SHARED:
            (self.project / name).symlink_to(_ROOT / name)
        app = json.loads((_ROOT / "cdk.json").read_text(encoding="utf-8"))
        limits = app["context"]["profiles"]["dev"].setdefault("web_acl", {})
        limits["requests_per_five_minutes"] = _REQUESTS_PER_FIVE_MINUTES
        (self.project / "cdk.json").write_text(json.dumps(app), encoding="utf-8")
        environment = {
            **os.environ,
            "AWS_PROFILE": "must-not-matter",
            "HTTPS_PROXY": "http://127.0.0.1:9",
            "PYTHONUNBUFFERED": "1",
        }
        with (self.folder / "stdout").open("wb") as output, (self.folder / "stderr").open("wb") as errors:
            process = subprocess.Popen(
                [sys.executable, "-m", "genai_defense.cli", "up", "--load"],
                cwd=self.project,
                env=environment,
                stdout=output,
                stderr=errors,
            )
        # Another worker may end it; this one need not wait for it then.
        process.returncode = 0
        deadline = time.monotonic() + _START_SECONDS
        while _READY not in self.output and time.monotonic() < deadline:
            if os.waitpid(process.pid, os.WNOHANG)[0]:
                break
            time.sleep(0.2)
        return process.pid

    def stop(self, pid: int) -> None:
        """End it as Ctrl-C does, and see that nothing is left."""
        if not _running(pid):
            return
        groups = read_lock(Workspace(self.project))[1]
        os.kill(pid, signal.SIGINT)
        deadline = time.monotonic() + _STOP_SECONDS
        while _running(pid) and time.monotonic() < deadline:
            time.sleep(0.1)
        assert "Stopped; nothing is left running." in self.output
        assert groups
        assert not any(map(group_alive, groups))


def _running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"


@contextmanager
def shared_run(folder: Path) -> Generator[LocalRun]:
    """The run of this session: the first worker starts it, the last one ends it.

    Args:
        folder: A folder that all workers know.
    """
    run, state = LocalRun(folder / "local-run"), folder / "local-run.json"
    lock = FileLock(f"{state}.lock")
    with lock:
        known = json.loads(state.read_text()) if state.exists() else {"pid": run.start(), "users": 0}
        state.write_text(json.dumps({**known, "users": known["users"] + 1}))
    try:
        yield run
    finally:
        with lock:
            known = json.loads(state.read_text())
            known["users"] -= 1
            state.write_text(json.dumps(known))
            if not known["users"]:
                run.stop(known["pid"])
