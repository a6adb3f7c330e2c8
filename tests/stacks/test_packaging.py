"""What each function carries: its handler imports from its own asset, its libraries run on Lambda."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow

_PACKAGES = (
    "approval_request",
    "approvals",
    "approved_action",
    "chat",
    "conversations",
    "evaluation",
    "guardrail",
    "ingestion",
    "invocation_logging",
    "order_lookup",
    "page_publisher",
    "refund",
    "responder",
    "response_decision",
    "response_restore",
    "review_intake",
    "sign_in_events",
    "web_acl_events",
    "tools",
    "withdrawal",
)
HANDLERS = {f"{package}.handler.handler" for package in _PACKAGES}
AARCH64 = 183  # e_machine in the ELF header
IMPORT = """
import importlib, json, sys
sys.path[:0] = [sys.argv[1], sys.argv[2]]
module, name = sys.argv[3].rsplit(".", 1)
handler = getattr(importlib.import_module(module), name)
import aws_lambda_powertools
files = [importlib.import_module(module).__file__, aws_lambda_powertools.__file__]
print(json.dumps([*files, callable(handler)]))
"""


@pytest.fixture(scope="module")
def runtime(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What Lambda's runtime brings, boto3 and nothing else of ours: linked, not the whole environment."""
    folder = tmp_path_factory.mktemp("runtime")
    site = next(Path(entry) for entry in sys.path if entry.endswith("site-packages"))
    for package in ("boto3", "botocore", "s3transfer", "jmespath", "dateutil", "urllib3"):
        (folder / package).symlink_to(site / package)
    (folder / "six.py").symlink_to(site / "six.py")
    return folder


@pytest.fixture(scope="module")
def functions(assembly_of: Callable[[str], Path]) -> dict[str, Path]:
    """Handler to asset folder, of every function in every stack."""
    assembly = assembly_of("dev")
    found: dict[str, Path] = {}
    for path in assembly.glob("*.template.json"):
        for resource in json.loads(path.read_text())["Resources"].values():
            if resource["Type"] == "AWS::Lambda::Function":
                properties: dict[str, Any] = resource["Properties"]
                found[properties["Handler"]] = (
                    assembly / f"asset.{properties['Code']['S3Key'].removesuffix('.zip')}"
                )
    return found


def test_the_stacks_hold_these_functions(functions: dict[str, Path]) -> None:
    assert set(functions) == HANDLERS


@pytest.mark.parametrize("handler", sorted(HANDLERS))
def test_a_handler_imports_from_its_own_asset(
    functions: dict[str, Path], handler: str, runtime: Path
) -> None:
    asset = functions[handler]
    # What was compiled is kept beside the runtime, so that boto3 is compiled once and no asset gains a file.
    compiled = f"pycache_prefix={runtime / 'compiled'}"
    result = subprocess.run(
        [sys.executable, "-I", "-S", "-X", compiled, "-c", IMPORT, str(asset), str(runtime), handler],
        env={"AWS_DEFAULT_REGION": "us-east-1"},
        text=True,
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert result.returncode == 0, result.stderr
    module, powertools, is_callable = json.loads(result.stdout)
    assert is_callable
    assert Path(module).is_relative_to(asset)
    assert Path(powertools).is_relative_to(asset)


def test_compiled_libraries_are_for_arm64(functions: dict[str, Path]) -> None:
    for asset in functions.values():
        libraries = list(asset.rglob("*.so"))
        assert libraries, "wrapt brings one"
        for library in libraries:
            header = library.read_bytes()[:20]
            assert header[:4] == b"\x7fELF"
            assert int.from_bytes(header[18:20], "little") == AARCH64


def test_an_asset_carries_no_cache_no_tests_and_no_other_function(functions: dict[str, Path]) -> None:
    guardrail, chat = functions["guardrail.handler.handler"], functions["chat.handler.handler"]
    assert not (chat / "guardrail").exists()
    assert not (guardrail / "chat").exists()
    for asset in functions.values():
        assert not list(asset.rglob("__pycache__"))
        assert not list(asset.rglob("*.pyc"))


def test_an_asset_stays_small(functions: dict[str, Path]) -> None:
    for asset in functions.values():
        size = sum(path.stat().st_size for path in asset.rglob("*") if path.is_file())
        assert size < 15 * 2**20
