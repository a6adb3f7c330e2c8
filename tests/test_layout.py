"""The tree keeps its shape: import roots stay import roots, files stay short, locks stay clean."""

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TOP_LEVEL = {
    ".ci",
    ".github",
    ".gitignore",
    ".npmrc",
    ".pre-commit-config.yaml",
    "CHANGELOG.md",
    "LICENSE",
    "Makefile",
    "README.md",
    "app.py",
    "cdk.json",
    "constructs",
    "docs",
    "lambda",
    "package-lock.json",
    "package.json",
    "pyproject.toml",
    "requirements-bootstrap.txt",
    "requirements-dev.txt",
    "requirements-node.txt",
    "requirements-peers.txt",
    "stacks",
    "tests",
}
MOST_ARGUMENTS = 7
LOCKS = [*ROOT.glob("requirements*.txt"), ROOT / "lambda" / "requirements.txt", ROOT / "package-lock.json"]


def _tracked(*suffixes: str) -> list[Path]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, text=True, capture_output=True, check=True)
    return [
        ROOT / name
        for name in listed.stdout.splitlines()
        if name.endswith(suffixes) and (ROOT / name).exists()
    ]


def _functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    tree = ast.parse(path.read_text())
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def test_nothing_appears_at_the_top_level_unseen() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in _tracked("")} == TOP_LEVEL


@pytest.mark.parametrize("root", ["constructs", "lambda"])
def test_an_import_root_is_not_a_package(root: str) -> None:
    """With an `__init__.py`, constructs/ would shadow PyPI's package of that name and break the CDK."""
    assert not (ROOT / root / "__init__.py").exists()


def test_nothing_imports_the_package_through_its_root() -> None:
    offenders = [
        path
        for path in _tracked(".py")
        if any(
            f"{statement} constructs.genai_defense" in path.read_text() for statement in ("from", "import")
        )
        and path != Path(__file__)
    ]
    assert offenders == []


def test_files_are_short() -> None:
    lengths = {
        path: len(path.read_text().splitlines()) for path in _tracked(".py") if "tests" not in path.parts
    }
    assert {path.name: length for path, length in lengths.items() if length > 300} == {}
    assert sorted(lengths.values())[len(lengths) // 2] <= 100


def test_functions_are_short() -> None:
    code = [path for path in _tracked(".py") if "tests" not in path.parts]
    lengths = {
        f"{path.name}:{function.name}": (function.end_lineno or 0) - function.lineno + 1
        for path in code
        for function in _functions(path)
    }
    assert {name: length for name, length in lengths.items() if length > 60} == {}
    assert sorted(lengths.values())[int(len(lengths) * 0.9)] <= 35


def _constructs() -> Iterator[ast.ClassDef]:
    for path in (ROOT / "constructs" / "genai_defense").glob("*/*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ClassDef):
                bases = {ast.unparse(base) for base in node.bases}
                if bases & {"Construct", "kms.Key", "s3.Bucket"}:
                    yield node


def test_constructs_take_few_arguments_and_only_by_name() -> None:
    constructs = list(_constructs())
    assert len(constructs) >= 18
    for node in constructs:
        inits = [
            entry for entry in node.body if isinstance(entry, ast.FunctionDef) and entry.name == "__init__"
        ]
        for init in inits:
            names = [argument.arg for argument in init.args.args]
            assert names == ["self", "scope", "construct_id"], node.name
            assert len(init.args.kwonlyargs) <= MOST_ARGUMENTS, node.name


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_a_lock_names_hashes_and_no_registry(lock: Path) -> None:
    text = lock.read_text()
    assert "://" not in text
    assert "sha256:" in text or "sha512-" in text


def test_every_exception_to_a_tool_says_why() -> None:
    silent = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in _tracked(".py")
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        for mark in ("# noqa", "# type: ignore", "# pyright: ignore")
        if mark in line and path != Path(__file__) and not _has_reason(line.split(mark, 1)[1])
    ]
    assert silent == []


def _has_reason(rest: str) -> bool:
    return " - " in rest or " # " in rest
