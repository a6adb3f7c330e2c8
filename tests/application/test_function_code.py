"""A function carries its packages and the dependencies that they import, and no others."""

from pathlib import Path

import pytest
from aws_cdk import App, Stack
from aws_cdk import aws_lambda as lambda_

from genai_defense.application.function_code import function_code


def _carried(tmp_path: Path, *packages: str) -> set[str]:
    app = App(outdir=str(tmp_path))
    lambda_.Function(
        Stack(app, "S"),
        "F",
        runtime=lambda_.Runtime.PYTHON_3_14,
        handler=f"{packages[0]}.handler.handler",
        code=function_code(*packages),
    )
    app.synth()
    (asset,) = (path for path in tmp_path.glob("asset.*") if path.is_dir())
    return {path.name for path in asset.iterdir()}


@pytest.mark.parametrize("packages", [("refund", "tool_calls"), ("ingestion", "document_text")])
def test_only_who_reads_documents_carries_their_readers(tmp_path: Path, packages: tuple[str, ...]) -> None:
    carried = _carried(tmp_path, *packages)
    assert {*packages, "aws_lambda_powertools"} <= carried
    for reader in ("pypdf", "justhtml", "markdown_it", "mdurl", "tinycss2", "webencodings"):
        assert (reader in carried) == ("document_text" in packages), reader
    for reader in ("pypdf", "justhtml", "markdown_it_py", "mdurl", "tinycss2", "webencodings"):
        carries = any(name.startswith(f"{reader}-") for name in carried)
        assert carries == ("document_text" in packages), reader


def test_a_later_edit_of_a_source_does_not_reach_the_asset(tmp_path: Path) -> None:
    """Its hash is taken already. What set-up installs is linked, since set-up replaces it as a whole."""
    _carried(tmp_path, "refund", "tool_calls")
    (asset,) = (path for path in tmp_path.glob("asset.*") if path.is_dir())
    assert all(path.stat().st_nlink == 1 for path in (asset / "refund").iterdir() if path.is_file())
