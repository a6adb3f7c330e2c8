"""The page travels with the deployment, and its publisher may touch nothing but the page."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_kms as kms
from aws_cdk.assertions import Template

from genai_defense.user_interface import PageBucket, PagePublisher

Synth = Callable[[], Template]


@pytest.fixture
def folders(tmp_path: Path) -> list[Path]:
    page, libraries = tmp_path / "page", tmp_path / "libraries"
    (libraries / "vendor").mkdir(parents=True)
    (libraries / "vendor" / "library.js").write_text("export {}")
    page.mkdir()
    (page / "index.html").write_text("<!doctype html>")
    (page / ".hidden").write_text("")
    return [page, libraries]


@pytest.fixture
def synthesized(stack: cdk.Stack, template: Synth, log_key: kms.Key, folders: list[Path]) -> Template:
    PagePublisher(
        stack,
        "Publisher",
        page=PageBucket(stack, "Page", encryption_key=log_key),
        config={"client_id": "client", "allowed_link_hosts": ["docs.example.com"]},
        log_key=log_key,
        folders=folders,
    )
    return template()


def test_the_page_is_published_from_the_deployments_own_asset(synthesized: Template) -> None:
    (page,) = synthesized.find_resources("Custom::ChatPage").values()
    properties = page["Properties"]
    assert properties["SourceKey"].endswith(".zip")
    assert "Ref" in properties["Bucket"]
    assert properties["Config"] == {"client_id": "client", "allowed_link_hosts": ["docs.example.com"]}


@pytest.mark.usefixtures("synthesized")
def test_the_asset_is_both_folders_and_no_hidden_file(stack: cdk.Stack) -> None:
    outdir = Path(cdk.App.of(stack).outdir)  # type: ignore[union-attr] # an App, as the fixture made it
    manifest = json.loads((outdir / "Foreign.assets.json").read_text())
    (page,) = [
        outdir / file["source"]["path"]
        for file in manifest["files"].values()
        if (outdir / file["source"]["path"] / "index.html").exists()
    ]
    found = {str(path.relative_to(page)) for path in page.rglob("*") if path.is_file()}
    assert found == {"index.html", "vendor/library.js"}


def test_it_reads_one_archive_and_writes_one_bucket(synthesized: Template) -> None:
    (policy,) = synthesized.find_resources("AWS::IAM::ManagedPolicy").values()
    by_sid: dict[str, dict[str, Any]] = {
        entry["Sid"]: entry for entry in policy["Properties"]["PolicyDocument"]["Statement"]
    }
    read = by_sid["ReadThePage"]
    assert read["Action"] == "s3:GetObject"
    assert ".zip" in str(read["Resource"])
    assert "*" not in str(read["Resource"])
    assert set(by_sid["PublishAndRemove"]["Action"]) == {
        "s3:PutObject",
        "s3:DeleteObject",
        "s3:DeleteObjectVersion",
    }
    assert "PageBucket" in str(by_sid["PublishAndRemove"]["Resource"])


def test_the_kits_own_page_is_the_default(stack: cdk.Stack, template: Synth, log_key: kms.Key) -> None:
    PagePublisher(
        stack,
        "Publisher",
        page=PageBucket(stack, "Page", encryption_key=log_key),
        config={"client_id": "client"},
        log_key=log_key,
    )
    template().resource_count_is("Custom::ChatPage", 1)
