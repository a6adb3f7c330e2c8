"""Runs the unmodified CDK CLI against the embedded AWS."""

import json
import re
import shutil
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from genai_defense.local.emulator import Endpoint
from genai_defense.local.environment import clean_environment
from genai_defense.local.errors import LocalRunError
from genai_defense.local.logs import last_lines
from genai_defense.local.processes import Child
from genai_defense.local.tools import Tools
from genai_defense.local.workspace import Workspace

EDGE_REGION = "us-east-1"
_POLL_SECONDS = 0.1
_SHOWN_LINES = 12
_SHOWN_OF_SYNTH = 40
_FULL_DISK_BYTES = 4 * 2**20
_EVENT = re.compile(r"^(?P<stack>\S+) \|\s*(?P<done>\d+)(?:/\d+)? \|.*\| (?P<kind>AWS::\S+)")
_FAULTS = re.compile(r"error|fail|❌|ROLLBACK|ENOSPC|denied", re.IGNORECASE)

Detail = Callable[[str], None]


@dataclass
class Running:
    """A command of the CDK CLI under way.

    Attributes:
        name: What it does, for messages.
        child: The process.
        log: Where its output goes.
    """

    name: str
    child: Child
    log: Path
    _read: int = 0

    def new_lines(self) -> list[str]:
        """Whole lines that were written since the last call."""
        with self.log.open("rb") as stream:
            stream.seek(self._read)
            chunk = stream.read()
        whole = chunk.rfind(b"\n") + 1
        self._read += whole
        return chunk[:whole].decode(errors="replace").split("\n")


def progress_of(line: str) -> str | None:
    """What a line of `cdk deploy --progress events` says about progress; None when nothing."""
    match = _EVENT.match(line)
    return f"{match['stack']}, {match['done']} resources, {match['kind']}" if match else None


class CdkCli:
    """The CDK CLI, with an environment in which only the emulator exists.

    Args:
        workspace: State folder; the assembly and the logs go there.
        tools: Where the CLI is.
        endpoint: The emulator.
        profile: Profile of cdk.json.
    """

    def __init__(self, *, workspace: Workspace, tools: Tools, endpoint: Endpoint, profile: str) -> None:
        self._workspace = workspace
        self._tools = tools
        self._endpoint = endpoint
        self._profile = profile

    def environment(self) -> Mapping[str, str]:
        """Its environment: the emulator's endpoint and account, no profile or credential of the user's."""
        return {
            **clean_environment(),
            **self._endpoint.aws_environment(),
            "CDK_DISABLE_CLI_TELEMETRY": "true",
            "CDK_HOME": str(self._workspace.state / "cdk-home"),
            "JSII_RUNTIME_PACKAGE_CACHE": "enabled",
            "NO_COLOR": "1",
            "PATH": self._tools.path,
        }

    def synth(self) -> Running:
        """Start to synthesize the app of cdk.json, checks included."""
        output = str(self._workspace.assembly)
        return self._start(
            "synth", ["synth", "--quiet", "-c", f"profile={self._profile}", "--output", output]
        )

    def bootstrap(self) -> Running:
        """Start to bootstrap the emulator's account, in its Region and where the edge stack goes."""
        regions = dict.fromkeys((self._endpoint.region, EDGE_REGION))
        where = [f"aws://{self._endpoint.account}/{region}" for region in regions]
        # From a folder without a cdk.json, or the CLI synthesizes the whole app once more for nothing.
        return self._start("bootstrap", ["bootstrap", *where], cwd=self._workspace.state)

    def deploy(self) -> Running:
        """Start to deploy every stack of the synthesized assembly."""
        options = [
            "--all",
            "--app",
            str(self._workspace.assembly),
            "--outputs-file",
            str(self._workspace.outputs),
        ]
        # `direct` saves a change set per stack; nothing exists that a change set could be compared with.
        quick = [
            "--require-approval",
            "never",
            "--method",
            "direct",
            "--concurrency",
            "6",
            "--progress",
            "events",
        ]
        return self._start("deploy", ["deploy", *options, *quick])

    def _start(self, name: str, arguments: list[str], cwd: Path | None = None) -> Running:
        log = self._workspace.log(f"cdk-{name}")
        command = [self._tools.cdk, *arguments, "--no-notices", "--no-color"]
        with log.open("wb") as output:
            child = Child(command, env=self.environment(), cwd=cwd or self._workspace.root, output=output)
        return Running(name=name, child=child, log=log)


def finish(commands: list[Running], detail: Detail, *, timeout: float) -> None:
    """Wait for commands that run side by side.

    Args:
        commands: All of them are stopped when one fails.
        detail: Is told what is going on.
        timeout: Seconds for all together.

    Raises:
        LocalRunError: A command failed or took too long; holds its last lines.
    """
    deadline = time.monotonic() + timeout
    try:
        while any(command.child.running() for command in commands):
            for command in commands:
                _show(command, detail)
                _check(command)
            if time.monotonic() > deadline:
                slow = next(command for command in commands if command.child.running())
                raise _failure(slow, f"did not finish within {timeout:.0f} s")
            time.sleep(_POLL_SECONDS)
        for command in commands:
            _check(command)
    finally:
        for command in commands:
            command.child.stop()


def _show(command: Running, detail: Detail) -> None:
    for line in command.new_lines():
        if progress := progress_of(line):
            detail(progress)


def _check(command: Running) -> None:
    if not command.child.running() and (code := command.child.wait()):
        raise _failure(command, f"ended with exit code {code}")


def fault_lines(text: str) -> list[str]:
    """The lines of a log of the CDK CLI that tell why it failed."""
    lines = [line for line in text.split("\n") if line.strip()]
    # The summary of a failed deployment says it best, reasons of several lines included.
    if (
        summary := next((n for n, line in enumerate(lines) if "Failed resources:" in line), None)
    ) is not None:
        return lines[summary : summary + _SHOWN_LINES]
    return [line for line in lines if _FAULTS.search(line)][-_SHOWN_LINES:] or lines[-_SHOWN_LINES:]


def synth_lines(text: str) -> list[str]:
    """What a synth that failed says: settings errors and findings with their remedies, in full."""
    noise = ("Bundling asset", "Supply a stack id", "Successfully synthesized")
    return [line for line in text.split("\n") if line.strip() and not line.lstrip().startswith(noise)][
        -_SHOWN_OF_SYNTH:
    ]


def _failure(command: Running, fate: str) -> LocalRunError:
    text = last_lines(command.log, 60)
    shown = synth_lines(text) if command.name == "synth" else fault_lines(text)
    remedy = "Read the log; correct what it names and start again."
    # A full disk may have eaten the very line that says so.
    full = shutil.disk_usage(command.log.parent).free < _FULL_DISK_BYTES
    if full or "ENOSPC" in text or "No space left on device" in text:
        remedy = "The disk is full: free some room and start again."
    elif "Unrecognized resource types" in text:
        remedy = "Add these types to genai_defense/local/provisioners_recorded.py."
    return LocalRunError(f"cdk {command.name} {fate}:\n" + "\n".join(shown), remedy, log=command.log)


def read_outputs(path: Path) -> dict[str, str]:
    """All stack outputs in one mapping, as `cdk deploy --outputs-file` wrote them.

    Raises:
        LocalRunError: The file is missing or no JSON object.
    """
    try:
        stacks: dict[str, dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))
        return {name: value for outputs in stacks.values() for name, value in outputs.items()}
    except (OSError, ValueError, AttributeError) as error:
        raise LocalRunError(
            f"The CDK CLI left no usable outputs in {path}: {error}", "Read the deployment's log beside it."
        ) from None
