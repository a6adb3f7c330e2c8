"""A real embedded AWS and projects to run in."""

import json
import os
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest

from genai_defense.local.clients import aws_client
from genai_defense.local.emulator import Emulator
from genai_defense.local.model import StandInModel
from genai_defense.local.workspace import Workspace

REGION = "us-east-1"


@pytest.fixture(scope="session")
def model() -> Generator[StandInModel]:
    """A stand-in model that serves."""
    with StandInModel() as server:
        yield server


@pytest.fixture(scope="session")
def emulator(tmp_path_factory: pytest.TempPathFactory, model: StandInModel) -> Generator[Emulator]:
    """One embedded AWS for the tests of a process."""
    state = tmp_path_factory.mktemp("aws")
    with Emulator(state=state, log=state / "log", region=REGION, model_url=model.url) as running:
        yield running


@pytest.fixture(scope="session")
def aws(emulator: Emulator) -> Callable[[str], Any]:
    """boto3 clients of the embedded AWS, by service."""

    def client(service: str) -> Any:
        where = emulator.endpoint
        return aws_client(service, url=where.url, region=where.region, account=where.account)

    return client


@pytest.fixture
def deploy(
    aws: Callable[[str], Any], request: pytest.FixtureRequest
) -> Callable[[dict[str, Any], dict[str, Any]], dict[str, str]]:
    """Deploys resources; the outputs. The stack goes again after the test, which has to succeed, too."""
    cloudformation = aws("cloudformation")
    name = f"Stack-{abs(hash(request.node.nodeid))}"

    def remove() -> None:
        cloudformation.delete_stack(StackName=name)
        events = cloudformation.describe_stack_events(StackName=name)["StackEvents"]
        assert not [event for event in events if event["ResourceStatus"].endswith("DELETE_FAILED")]

    def make(resources: dict[str, Any], outputs: dict[str, Any]) -> dict[str, str]:
        template = {
            "Resources": resources,
            "Outputs": {key: {"Value": value} for key, value in outputs.items()},
        }
        cloudformation.create_stack(
            StackName=name, TemplateBody=json.dumps(template), Capabilities=["CAPABILITY_IAM"]
        )
        request.addfinalizer(remove)
        stack = cloudformation.describe_stacks(StackName=name)["Stacks"][0]
        assert stack["StackStatus"] == "CREATE_COMPLETE", stack.get("StackStatusReason")
        return {output["OutputKey"]: output["OutputValue"] for output in stack.get("Outputs", [])}

    return make


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A project with a cdk.json and prepared state."""
    (tmp_path / "cdk.json").write_text('{"context": {"profiles": {"dev": {"region": "us-east-1"}}}}')
    made = Workspace(tmp_path)
    made.prepare()
    return made


@pytest.fixture
def program(tmp_path: Path) -> Callable[[str, str], Path]:
    """Makes a shell script of a name in a folder of its own; its folder can be a PATH."""

    def make(name: str, body: str) -> Path:
        folder = tmp_path / "bin"
        folder.mkdir(exist_ok=True)
        file = folder / name
        file.write_text(f"#!/bin/sh\n{body}\n")
        file.chmod(file.stat().st_mode | stat.S_IXUSR)
        return file

    return make


@pytest.fixture
def stuck_project(tmp_path: Path) -> Path:
    """A project whose CDK CLI never ends, with a child of its own."""
    root = tmp_path / "project"
    tools = root / "node_modules" / ".bin"
    tools.mkdir(parents=True)
    (root / "cdk.json").write_text('{"context": {"profiles": {"dev": {"region": "us-east-1"}}}}')
    cdk = tools / "cdk"
    cdk.write_text(
        f'#!/bin/sh\necho $$ >> "{root}/cdk.pids"\nsleep 600 &\necho $! >> "{root}/cdk.pids"\nwait\n'
    )
    cdk.chmod(0o755)
    return root


def _hear_interrupts() -> None:
    # A shell starts its background jobs deaf to Ctrl-C, and their children inherit it.
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.fixture
def start_up() -> Generator[Callable[[Path], subprocess.Popen[str]]]:
    """Starts `genai-defense up` in a project, in a process of its own."""
    started: list[subprocess.Popen[str]] = []

    def start(project: Path, *arguments: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "genai_defense.cli", "up", "--once", *arguments],
            cwd=project,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, "NO_COLOR": "1"},
            preexec_fn=_hear_interrupts,  # noqa: PLW1509 - it calls nothing that takes a lock
        )
        started.append(process)
        return process

    yield start
    for process in started:
        with process:
            process.kill()


def _alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"


@pytest.fixture
def wait_until() -> Callable[[Callable[[], bool]], bool]:
    """Waits up to 20 s for a condition; whether it came true."""

    def wait(condition: Callable[[], bool]) -> bool:
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            if condition():
                return True
            time.sleep(0.02)
        return False

    return wait


@pytest.fixture
def alive() -> Callable[[int], bool]:
    """Whether a process runs (a zombie does not)."""
    return _alive


@pytest.fixture
def port_open() -> Callable[[str], bool]:
    """Whether somebody answers at an address `http://host:port`."""

    def check(url: str) -> bool:
        host, port = url.removeprefix("http://").split(":")
        with socket.socket() as probe:
            return probe.connect_ex((host, int(port))) == 0

    return check
