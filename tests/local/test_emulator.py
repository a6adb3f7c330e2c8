"""The embedded AWS listens on loopback only, keeps to its folder and leaves nothing behind."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from genai_defense.local.emulator import HOST, Emulator, listen, new_account
from genai_defense.local.errors import LocalRunError
from genai_defense.local.processes import group_alive

_PARENT = """
import sys, time
from pathlib import Path
from genai_defense.local.emulator import Emulator
state = Path(sys.argv[1])
with Emulator(state=state, log=state / "log", region="us-east-1", model_url="http://127.0.0.1:9") as running:
    print(running.pid, running.endpoint.url, flush=True)
    time.sleep(600)
"""


def test_a_taken_port_is_named_with_what_to_do() -> None:
    with socket.socket() as other:
        other.bind((HOST, 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(LocalRunError, match=rf"Port {port} on 127\.0\.0\.1 is taken.*\n.*--port"):
            listen(port)


def test_a_forbidden_port_is_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(socket.socket, "bind", refuse)
    with pytest.raises(LocalRunError, match=r"Port 80 .*Permission denied.*\n.*1024 to 65535"):
        listen(80)


def test_it_serves_its_own_account(emulator: Emulator, aws: Callable[[str], Any]) -> None:
    assert aws("sts").get_caller_identity()["Account"] == emulator.endpoint.account


def test_it_listens_on_loopback_only(emulator: Emulator) -> None:
    tables = (
        Path(f"/proc/{emulator.pid}/net/{name}").read_text().split("\n")[1:] for name in ("tcp", "tcp6")
    )
    port = int(emulator.endpoint.url.rsplit(":", 1)[1])
    listening = [line.split()[1] for table in tables for line in table if line and line.split()[3] == "0A"]
    assert [address for address in listening if int(address.rsplit(":", 1)[1], 16) == port] == [
        f"0100007F:{port:04X}"
    ]


def test_it_writes_only_below_its_state_folder(emulator: Emulator) -> None:
    environment = emulator.environment()
    folder = environment["TMPDIR"].removesuffix(f"{os.sep}tmp")
    assert all(environment[name].startswith(folder) for name in ("S3_DATA_DIR", "STATE_DIR", "TMPDIR"))


def test_stopping_leaves_no_process_and_no_port(tmp_path: Path, port_open: Callable[[str], bool]) -> None:
    started = Emulator(
        state=tmp_path, log=tmp_path / "log", region="us-east-1", model_url="http://127.0.0.1:9"
    )
    with started as running:
        pid, url = running.pid, running.endpoint.url
        assert pid is not None
        assert port_open(url)
    assert not group_alive(pid)
    assert not port_open(url)


def test_a_killed_run_takes_it_along(
    tmp_path: Path, port_open: Callable[[str], bool], wait_until: Callable[[Callable[[], bool]], bool]
) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", _PARENT, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    pid, url = parent.stdout.readline().split()
    parent.send_signal(signal.SIGKILL)
    parent.communicate()
    assert wait_until(lambda: not group_alive(int(pid)))
    assert not port_open(url)


def test_a_start_that_fails_shows_the_logs_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def poor(_emulator: Emulator) -> dict[str, str]:
        return {"PATH": os.defpath, "PYTHONPATH": "/nowhere", "GATEWAY_PORT": "x"}

    monkeypatch.setattr(Emulator, "environment", poor)
    monkeypatch.setattr(sys, "executable", "/bin/false")
    started = Emulator(
        state=tmp_path, log=tmp_path / "log", region="us-east-1", model_url="http://127.0.0.1:9"
    )
    with (
        pytest.raises(
            LocalRunError, match=r"The embedded AWS ended\. Its last lines:\n.*log is empty"
        ) as failure,
        started,
    ):
        pass
    assert str(tmp_path / "log") in str(failure.value)


def test_the_aws_environment_knows_only_the_emulator(emulator: Emulator) -> None:
    environment = emulator.endpoint.aws_environment()
    assert environment["AWS_ENDPOINT_URL"] == emulator.endpoint.url
    assert environment["AWS_SHARED_CREDENTIALS_FILE"] == environment["AWS_CONFIG_FILE"] == os.devnull


def test_accounts_have_twelve_digits_and_differ() -> None:
    accounts = {new_account() for _ in range(50)}
    assert len(accounts) == 50
    assert all(len(account) == 12 and account.isdigit() for account in accounts)
