"""Synth is a pure function of the settings, and a wrong setting stops it with one readable message."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.slow


def _digest(assembly: Path) -> dict[str, str]:
    """Templates and assets; tree.json and the report hold paths of the run."""
    files = [
        path
        for path in assembly.rglob("*")
        if path.is_file() and path.name.endswith((".template.json", ".py"))
    ]
    return {str(path.relative_to(assembly)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_twice_gives_the_same_bytes_from_another_working_directory(
    synthesize: Callable[..., Any], tmp_path: Path
) -> None:
    for name, place in (("first", ROOT), ("again", tmp_path)):
        result = synthesize(tmp_path / name, profile="dev", cwd=place)
        assert result.returncode == 0, result.stderr
    first = _digest(tmp_path / "first")
    assert len([name for name in first if name.endswith(".template.json")]) == 13
    assert _digest(tmp_path / "again") == first


def test_the_manifest_asks_for_no_look_up(assembly: Path) -> None:
    assert '"missing"' not in (assembly / "manifest.json").read_text()


@pytest.mark.parametrize(
    ("context", "says"),
    [
        ({"profile": "staging"}, "unknown profile 'staging': cdk.json defines dev, prod"),
        ({"profiles": {"dev": {"reigon": "x"}}}, "reigon: 'x'"),
    ],
)
def test_a_wrong_setting_ends_with_one_message_and_no_traceback(
    synthesize: Callable[..., Any],
    tmp_path: Path,
    context: dict[str, Any],
    says: str,
) -> None:
    result = synthesize(tmp_path / "out", context=context)
    assert result.returncode == 1
    assert says in result.stderr
    assert "Traceback" not in result.stderr
    assert not (tmp_path / "out" / "manifest.json").exists()


def test_app_py_reads_at_one_glance() -> None:
    assert len((Path(__file__).resolve().parents[2] / "app.py").read_text().splitlines()) <= 60
