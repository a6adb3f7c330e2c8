"""Starts and stops the embedded AWS (MiniStack) on loopback, with its own state folder and account."""

import errno
import secrets
import socket
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from genai_defense.local.environment import NO_AWS_ACCOUNT, clean_environment
from genai_defense.local.errors import LocalRunError
from genai_defense.local.logs import last_lines
from genai_defense.local.processes import Child

HOST = "127.0.0.1"
START_SECONDS = 30.0
_POLL_SECONDS = 0.05


def listen(port: int) -> socket.socket:
    """A listening socket on loopback.

    Args:
        port: 0 takes a free one.

    Raises:
        LocalRunError: The port is taken or may not be used.
    """
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        # A second run right after the first must not wait for the kernel's TIME_WAIT.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((HOST, port))
        listener.listen(256)
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            raise LocalRunError(
                f"Port {port} on {HOST} is taken by another program.",
                "End that program, name another port with --port, or leave --port away to take a free one.",
            ) from None
        raise LocalRunError(
            f"Port {port} on {HOST} cannot be used: {error.strerror}.", "Name a port from 1024 to 65535."
        ) from None
    return listener


@dataclass(frozen=True, kw_only=True)
class Endpoint:
    """Where the embedded AWS answers, and as whom.

    Attributes:
        url: `http://127.0.0.1:<port>`.
        account: 12 digits, new for every run; also the access-key id, by which the CDK CLI caches accounts.
        region: AWS Region of the run.
    """

    url: str
    account: str
    region: str

    def aws_environment(self) -> dict[str, str]:
        """Variables that point every AWS SDK at the emulator, and nowhere else."""
        return {
            **NO_AWS_ACCOUNT,
            "AWS_ACCESS_KEY_ID": self.account,
            "AWS_SECRET_ACCESS_KEY": "emulator",
            "AWS_DEFAULT_REGION": self.region,
            "AWS_ENDPOINT_URL": self.url,
            "AWS_REGION": self.region,
        }


def new_account() -> str:
    """A fresh 12-digit account id."""
    return str(secrets.randbelow(9 * 10**11) + 10**11)


class Emulator:
    """The embedded AWS as a context manager: running inside, gone outside.

    Args:
        state: Folder for everything that it writes.
        log: File for what it prints.
        region: AWS Region that it takes for its own.
        model_url: OpenAI-compatible server behind Bedrock, without `/v1`.
        port: Port on loopback; 0 takes a free one.
    """

    def __init__(self, *, state: Path, log: Path, region: str, model_url: str, port: int = 0) -> None:
        self._state = state
        self._log = log
        self._model_url = model_url
        self._listener = listen(port)
        actual: int = self._listener.getsockname()[1]
        self.endpoint = Endpoint(url=f"http://{HOST}:{actual}", account=new_account(), region=region)
        self._child: Child | None = None

    @property
    def pid(self) -> int | None:
        """Process id, which is also the process group's, while it runs."""
        return self._child.pid if self._child else None

    def environment(self) -> dict[str, str]:
        """The emulator's own settings; everything that would listen, phone or reach for docker is off."""
        port = self.endpoint.url.rsplit(":", 1)[1]
        temporary = self._state / "tmp"
        return {
            **clean_environment(),
            **NO_AWS_ACCOUNT,
            "AWS_SECRET_ACCESS_KEY": "emulator",
            "AUTH": "true",
            "BIND_HOST": HOST,
            "COGNITO_EMAIL_ENABLED": "false",
            "DOCKER_HOST": f"unix://{self._state}/no-docker.sock",
            "GATEWAY_PORT": port,
            "IOT_MTLS_ENABLED": "0",
            "LOG_LEVEL": "INFO",
            "MINISTACK_ACCOUNT_ID": self.endpoint.account,
            "MINISTACK_BEDROCK_PROXY_URL": self._model_url,
            "MINISTACK_HOST": "localhost",
            "MINISTACK_REGION": self.endpoint.region,
            "S3_DATA_DIR": str(self._state / "s3"),
            "SFTP_ENABLED": "0",
            "STATE_DIR": str(self._state / "snapshots"),
            "TMPDIR": str(temporary),
        }

    def __enter__(self) -> Self:
        """Start."""
        (self._state / "tmp").mkdir(parents=True, exist_ok=True)
        descriptor = self._listener.fileno()
        try:
            with self._log.open("ab") as output:
                self._child = Child(
                    [sys.executable, "-m", "genai_defense.local.emulator_child", str(descriptor)],
                    env=self.environment(),
                    cwd=self._state,
                    output=output,
                    pass_fds=[descriptor],
                    leashed=False,
                )
            self._listener.close()
            self._await_ready(self._child)
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop."""
        self.stop()

    def stop(self) -> None:
        """End the emulator and the function workers that it started."""
        self._listener.close()
        if self._child is not None:
            self._child.stop()
            self._child = None

    def _await_ready(self, child: Child) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and child.running():
            try:
                with urllib.request.urlopen(f"{self.endpoint.url}/_ministack/health", timeout=2):  # noqa: S310 - our loopback URL
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(_POLL_SECONDS)
        fate = "ended" if not child.running() else f"did not answer within {START_SECONDS:.0f} s"
        raise LocalRunError(
            f"The embedded AWS {fate}. Its last lines:\n{last_lines(self._log)}",
            "Read the log; after an upgrade of ministack, run make setup again.",
            log=self._log,
        )
