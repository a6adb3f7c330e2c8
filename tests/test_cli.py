"""The command line is quick to ask for help and hands its options on."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from genai_defense.cli import app
from genai_defense.local import down, up
from genai_defense.local.errors import LocalRunError


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; from genai_defense.cli import app; print(sorted({n.split('.')[0] for n in sys.modules}))"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert not {"aws_cdk", "boto3", "botocore", "jsii", "ministack"} & set(eval(loaded))  # noqa: S307 - a list that we printed


def test_no_command_shows_help() -> None:
    answer = CliRunner().invoke(app, [])
    assert "up" in answer.output
    assert "down" in answer.output


def test_up_hands_its_options_on(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[Any] = []

    def run(options: up.UpOptions, **_: object) -> int:
        given.append(options)
        return 7

    monkeypatch.setattr(up, "run_up", run)
    arguments = [
        "up",
        "--once",
        "--profile",
        "prod",
        "--model-url",
        "http://localhost:1/v1",
        "--port",
        "4999",
    ]
    assert CliRunner().invoke(app, arguments).exit_code == 7
    assert given == [up.UpOptions(once=True, profile="prod", model_url="http://localhost:1/v1", port=4999)]


def test_a_port_that_is_none_is_refused() -> None:
    answer = CliRunner().invoke(app, ["up", "--port", "70000"])
    assert answer.exit_code == 2
    assert "65535" in answer.output


def test_down_says_why_it_cannot(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_: object) -> int:
        raise LocalRunError("It does not end.", "Wait.")

    monkeypatch.setattr(down, "run_down", refuse)
    answer = CliRunner().invoke(app, ["down"])
    assert answer.exit_code == 1
    assert "It does not end.\n  What to do: Wait." in answer.output


def test_the_console_script_is_this_command() -> None:
    script = Path(sys.executable).parent / "genai-defense"
    shown = subprocess.run(
        [str(script), "up", "--help"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "COLUMNS": "120"},
    )
    assert "--model-url" in shown.stdout
