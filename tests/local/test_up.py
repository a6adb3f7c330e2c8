"""The run ends cleanly, whatever happens to it."""

import json
import re
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from urllib.error import URLError

import pytest
from botocore.exceptions import ClientError
from rich.console import Console

from genai_defense.local import up
from genai_defense.local.errors import LocalRunError
from genai_defense.local.processes import group_alive
from genai_defense.local.up import UpOptions, region_of, run_up
from genai_defense.local.workspace import Workspace, read_lock

Alive = Callable[[int], bool]
Wait = Callable[[Callable[[], bool]], bool]
Start = Callable[..., subprocess.Popen[str]]


def _run(project: Path, options: UpOptions | None = None) -> int:
    return run_up(options or UpOptions(once=True), start=project, console=Console(file=StringIO()))


def _cdk_pids(project: Path) -> list[int]:
    file = project / "cdk.pids"
    return [int(line) for line in file.read_text().split()] if file.exists() else []


def _under_way(project: Path) -> bool:
    # Synth and bootstrap, each a script and its child.
    return len(_cdk_pids(project)) == 4


def _gone(project: Path, groups: list[int], alive: Alive) -> Callable[[], bool]:
    return lambda: not any(alive(pid) for pid in _cdk_pids(project)) and not any(map(group_alive, groups))


def _port(project: Path) -> str:
    log = (project / ".genai-defense" / "logs" / "embedded-aws.log").read_text()
    found = re.search(r"on port (\d+)", log)
    assert found is not None
    return f"http://127.0.0.1:{found[1]}"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("no json", "has no profiles under context"),
        ('{"context": {}}', "has no profiles under context"),
        ('{"context": {"profiles": {"prod": {}}}}', r"has no profile 'dev'; it has prod"),
        ('{"context": {"profiles": {"dev": {}}}}', r"Profile 'dev' .* has no region"),
    ],
)
def test_a_cdk_json_that_cannot_be_used_is_explained(tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "cdk.json").write_text(content)
    with pytest.raises(LocalRunError, match=message):
        region_of(Workspace(tmp_path), "dev")


def test_no_project_is_one_message_and_exit_code_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(tmp_path) == 1
    assert capsys.readouterr().err.startswith(f"There is no cdk.json in {tmp_path}")


def test_a_disk_that_fills_up_is_one_message(
    stuck_project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object) -> int:
        raise OSError(28, "No space left on device", "somewhere")

    monkeypatch.setattr(up, "_run", full)
    assert _run(stuck_project) == 1
    assert "The disk is full" in capsys.readouterr().err


@pytest.mark.parametrize(
    "fault",
    [ClientError({"Error": {"Code": "Oops", "Message": "no"}}, "CreateUser"), URLError("refused")],
)
def test_an_answer_that_nobody_expected_is_one_message(
    stuck_project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], fault: Exception
) -> None:
    def odd(*_: object) -> int:
        raise fault

    monkeypatch.setattr(up, "_run", odd)
    assert _run(stuck_project) == 1
    error = capsys.readouterr().err
    assert "answered unexpectedly" in error
    assert "embedded-aws.log" in error


def test_another_operating_system_error_is_not_called_a_full_disk(
    stuck_project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def odd(*_: object) -> int:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(up, "_run", odd)
    with pytest.raises(OSError, match="Input/output error"):
        _run(stuck_project)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_interrupted_run_leaves_no_process_and_no_port(  # noqa: PLR0917 - five fixtures and a case
    stuck_project: Path,
    start_up: Start,
    alive: Alive,
    wait_until: Wait,
    port_open: Callable[[str], bool],
    number: signal.Signals,
) -> None:
    run = start_up(stuck_project)
    assert wait_until(lambda: _under_way(stuck_project))
    groups, url = read_lock(Workspace(stuck_project))[1], _port(stuck_project)
    assert port_open(url)
    run.send_signal(number)
    output, _ = run.communicate(timeout=30)
    assert run.returncode == 130, output
    assert "Stopped; nothing is left running." in output
    assert _gone(stuck_project, groups, alive)()
    assert not port_open(url)


def test_a_killed_run_leaves_nothing_and_the_next_one_starts(
    stuck_project: Path, start_up: Start, alive: Alive, wait_until: Wait, port_open: Callable[[str], bool]
) -> None:
    run = start_up(stuck_project)
    assert wait_until(lambda: _under_way(stuck_project))
    groups, url = read_lock(Workspace(stuck_project))[1], _port(stuck_project)
    run.kill()
    run.communicate()
    assert wait_until(_gone(stuck_project, groups, alive))
    assert not port_open(url)
    (stuck_project / "cdk.pids").unlink()
    start_up(stuck_project)
    assert wait_until(lambda: _under_way(stuck_project))


@pytest.mark.parametrize("delay", [0.0, 0.3, 0.6, 0.9, 1.2, 1.6])
def test_an_early_interrupt_leaves_nothing(
    stuck_project: Path, start_up: Start, alive: Alive, wait_until: Wait, delay: float
) -> None:
    run = start_up(stuck_project)
    time.sleep(delay)
    run.send_signal(signal.SIGINT)
    run.communicate(timeout=30)
    assert wait_until(_gone(stuck_project, read_lock(Workspace(stuck_project))[1], alive))


def test_two_runs_in_one_checkout_are_kept_apart(
    stuck_project: Path, start_up: Start, wait_until: Wait
) -> None:
    first = start_up(stuck_project)
    assert wait_until(lambda: _under_way(stuck_project))
    second = start_up(stuck_project)
    output, _ = second.communicate(timeout=30)
    assert second.returncode == 1
    assert f"Another local run (process {first.pid})" in output


def test_a_taken_port_is_one_message(stuck_project: Path, start_up: Start) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        run = start_up(stuck_project, "--port", str(other.getsockname()[1]))
        output, _ = run.communicate(timeout=30)
    assert run.returncode == 1
    assert "is taken by another program" in output
    assert "Traceback" not in output


def test_a_failing_cdk_is_one_message_with_its_log(stuck_project: Path, start_up: Start) -> None:
    (stuck_project / "node_modules" / ".bin" / "cdk").write_text("#!/bin/sh\necho 'Error: crooked'\nexit 1\n")
    run = start_up(stuck_project)
    output, _ = run.communicate(timeout=30)
    assert run.returncode == 1
    assert "Error: crooked" in output
    assert str(stuck_project / ".genai-defense" / "logs" / "cdk-") in output
    assert "Traceback" not in output


def test_missing_outputs_are_one_message(stuck_project: Path, start_up: Start) -> None:
    cdk = stuck_project / "node_modules" / ".bin" / "cdk"
    outputs = json.dumps({"Stack": {"ApiUrl": "x"}})
    cdk.write_text(f"#!/bin/sh\necho '{outputs}' > '{stuck_project}/.genai-defense/outputs.json'\n")
    output, _ = (run := start_up(stuck_project)).communicate(timeout=30)
    assert run.returncode == 1
    assert "no output named UserPoolId" in output
