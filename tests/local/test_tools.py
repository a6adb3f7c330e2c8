"""A missing or old program ends with one message that says what to do."""

from collections.abc import Callable
from pathlib import Path

import pytest

from genai_defense.local import tools
from genai_defense.local.errors import LocalRunError

MakeProgram = Callable[[str, str], Path]


@pytest.fixture(autouse=True)
def _only_our_programs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def own_folder(_root: Path) -> str:
        return str(tmp_path / "bin")

    monkeypatch.setattr(tools, "search_path", own_folder)


def test_a_missing_node_names_make_setup(tmp_path: Path) -> None:
    with pytest.raises(LocalRunError, match=r"Node\.js is not installed.*\n.*make setup"):
        tools.find_tools(tmp_path)


@pytest.mark.parametrize("version", ["v20.20.2", "v18.0.0"])
def test_an_old_node_is_refused_with_its_version(tmp_path: Path, program: MakeProgram, version: str) -> None:
    program("node", f"echo {version}")
    with pytest.raises(LocalRunError, match=rf"is {version}; the CDK CLI needs version 22 or later"):
        tools.find_tools(tmp_path)


def test_a_node_that_says_nonsense_is_refused(tmp_path: Path, program: MakeProgram) -> None:
    program("node", "exit 3")
    with pytest.raises(LocalRunError, match="an unknown version"):
        tools.find_tools(tmp_path)


def test_a_missing_cdk_names_the_commands_that_install_it(tmp_path: Path, program: MakeProgram) -> None:
    program("node", "echo v24.1.0")
    with pytest.raises(LocalRunError, match=r"cdk.*\n.*npm ci --ignore-scripts"):
        tools.find_tools(tmp_path)


def test_found_programs_are_returned(tmp_path: Path, program: MakeProgram) -> None:
    program("node", "echo v22.0.0")
    cdk = program("cdk", "exit 0")
    assert tools.find_tools(tmp_path).cdk == str(cdk)
