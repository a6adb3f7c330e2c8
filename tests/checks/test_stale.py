"""An acknowledgement that acknowledges nothing is found."""

import json
from pathlib import Path

import pytest

from genai_defense.checks.stale import stale_acknowledgements


def test_only_the_acknowledgements_that_leave_no_row_are_stale(assembly: Path) -> None:
    assert {(a.path, a.finding) for a in stale_acknowledgements(assembly)} == {
        ("Shop/Policy", "AwsSolutions::AwsSolutions-L1"),
        ("Shop/Pictures/Resource", "Annotation::AwsSolutions-S10"),
    }


def _write(directory: Path, artifacts: object) -> None:
    directory.mkdir(exist_ok=True)
    (directory / "manifest.json").write_text(json.dumps({"artifacts": artifacts}))


def _metadata(*findings: str) -> dict[str, object]:
    entries = [{"type": "aws:cdk:acknowledged-rules", "data": {finding: "why"}} for finding in findings]
    return {"/Stage/Shop/Pictures/Resource": [{"type": "aws:cdk:logicalId", "data": "Pictures"}, *entries]}


def test_stages_and_manifests_with_inline_metadata_are_read(tmp_path: Path) -> None:
    _write(tmp_path, {"Stage": {"type": "cdk:cloud-assembly", "properties": {"directoryName": "stage"}}})
    metadata = _metadata("OwaspLlm::OwaspLlm-Gone", "CloudFormation-Validate::W3010")
    _write(tmp_path / "stage", {"Shop": {"type": "aws:cloudformation:stack", "metadata": metadata}})
    (stale,) = stale_acknowledgements(tmp_path)
    assert (stale.path, stale.finding, stale.reason) == (
        "Stage/Shop/Pictures/Resource",
        "OwaspLlm::OwaspLlm-Gone",
        "why",
    )


def test_a_directory_that_is_no_assembly_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="not a cloud assembly"):
        stale_acknowledgements(tmp_path)
