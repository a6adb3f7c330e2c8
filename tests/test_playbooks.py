"""The commands of the playbooks exist, with these arguments and options."""

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import typer

from genai_defense.cli import app

PLAYBOOKS = Path(__file__).resolve().parents[1] / "docs" / "playbooks"
_OURS = re.compile(r"^\s*\$ genai-defense (.+)$|`genai-defense ([^`]+)`", re.MULTILINE)


def _commands() -> list[tuple[str, str]]:
    return [
        (page.name, ours or inline)
        for page in sorted(PLAYBOOKS.glob("*.md"))
        for ours, inline in _OURS.findall(page.read_text())
    ]


@pytest.mark.parametrize(("page", "line"), sorted(set(_commands())))
def test_every_command_of_ours_can_be_given(page: str, line: str) -> None:
    command: Any = typer.main.get_command(app)
    words = shlex.split(line)
    while hasattr(command, "commands"):
        name = words.pop(0)
        assert name in command.commands, f"{page}: {name}"
        command = command.commands[name]
    # Parses what the page says, and runs nothing.
    command.make_context(command.name, words)


def test_each_playbook_is_listed_and_has_signs_and_commands() -> None:
    listed = (PLAYBOOKS / "README.md").read_text()
    pages = sorted(page for page in PLAYBOOKS.glob("*.md") if page.name != "README.md")
    assert len(pages) == 7
    for page in pages:
        text = page.read_text()
        assert f"]({page.name})" in listed
        assert "**Signs.**" in text
        assert "```console" in text
        assert "genai-defense" in text
