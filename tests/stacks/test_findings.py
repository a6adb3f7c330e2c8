"""What the packs found at synth: nothing open, few acknowledged, each narrowly and for a reason."""

import json
from pathlib import Path

import pytest

from genai_defense.checks.acknowledge import CONTROL_PACKS
from genai_defense.checks.report import ValidationReport, read_validation_report
from genai_defense.checks.stale import stale_acknowledgements

# Three packs repeat one finding: a reason on a resource counts once.
# Some of them say the same of the permissions boundary that each stack has.
MOST_ACKNOWLEDGED = 83
# A pack without findings is not in the report: these four show by what is acknowledged that they ran.
NAG_PACKS = {"AwsSolutions", *CONTROL_PACKS}
PACKS = {*NAG_PACKS, "OwaspLlm"}


@pytest.fixture
def report(assembly: Path) -> ValidationReport:
    return read_validation_report(assembly)


def test_no_finding_of_any_pack_is_open(report: ValidationReport) -> None:
    assert report.open == ()
    assert report.failures == ()


def test_every_nag_pack_really_ran(report: ValidationReport) -> None:
    assert {finding.pack for finding in report.acknowledged} >= NAG_PACKS


def test_acknowledged_findings_stay_few(report: ValidationReport) -> None:
    acknowledged = {
        (finding.construct_path, finding.acknowledgement.reason)
        for finding in report.acknowledged
        if finding.pack in PACKS and finding.acknowledgement
    }
    assert len(acknowledged) <= MOST_ACKNOWLEDGED, "fix before you acknowledge"


def test_every_acknowledgement_sits_on_the_resource_itself(report: ValidationReport) -> None:
    wide = [finding for finding in report.acknowledged if not finding.is_narrow]
    assert [finding for finding in wide if finding.pack in PACKS] == []


def test_every_acknowledgement_stands_with_its_reason(report: ValidationReport) -> None:
    for finding in report.acknowledged:
        assert finding.acknowledgement is not None
        assert len(finding.acknowledgement.reason) >= 40, finding


def test_no_acknowledgement_is_stale(assembly: Path) -> None:
    assert stale_acknowledgements(assembly) == ()


def test_no_template_carries_a_warning_of_the_cdk(assembly: Path) -> None:
    manifest = json.loads((assembly / "manifest.json").read_text())
    warnings = [
        entry
        for artifact in manifest["artifacts"].values()
        for entries in artifact.get("metadata", {}).values()
        for entry in entries
        if entry["type"] in {"aws:cdk:warning", "aws:cdk:error"}
    ]
    assert warnings == []
