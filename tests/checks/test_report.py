"""The validation report is read as the CDK writes it."""

from pathlib import Path

import pytest

from genai_defense.checks.report import ValidationReport, read_validation_report


@pytest.fixture(scope="module")
def report(assembly: Path) -> ValidationReport:
    return read_validation_report(assembly)


def test_a_finding_is_acknowledged_on_its_resource_and_open_on_the_others(report: ValidationReport) -> None:
    def paths(*, acknowledged: bool) -> set[str]:
        findings = report.acknowledged if acknowledged else report.open
        return {f.construct_path for f in findings if f.rule == "NIST.800.53.R5-S3BucketReplicationEnabled"}

    assert paths(acknowledged=True) == {"Shop/Pictures/Resource"}
    assert paths(acknowledged=False) == {"Shop/Orders/Resource", "Shop/Inner/Nested/Resource"}


def test_an_acknowledged_finding_stands_with_its_reason(report: ValidationReport) -> None:
    (row,) = (f for f in report.acknowledged if f.rule == "PCI.DSS.321-S3BucketReplicationEnabled")
    assert row.pack == "PCI.DSS.321"
    assert row.severity == "error"
    assert row.acknowledgement is not None
    assert row.acknowledgement.reason.startswith("The bucket holds only public pictures")
    assert row.acknowledgement.path == "Shop/Pictures/Resource"
    assert row.is_narrow


def test_a_granular_finding_is_acknowledged_alone(report: ValidationReport) -> None:
    acknowledged = {f.rule for f in report.acknowledged if "IAM5" in f.rule}
    assert acknowledged == {"AwsSolutions-IAM5[Action::s3:Get*]"}
    assert any(f.rule.startswith("AwsSolutions-IAM5[Resource::") for f in report.open)


def test_an_acknowledgement_above_the_resource_is_not_narrow(report: ValidationReport) -> None:
    wide = {f.construct_path for f in report.acknowledged if not f.is_narrow}
    assert wide == {"Shop/Inner/Nested/Resource"}


def test_an_open_finding_has_no_acknowledgement(report: ValidationReport) -> None:
    assert report.open
    assert all(f.acknowledgement is None and not f.is_narrow for f in report.open)


def test_a_bare_acknowledgement_leaves_no_row_at_all(report: ValidationReport) -> None:
    """The trap that the helper exists for: cdk-nag is silent, and no auditor learns why."""
    rows = [f for f in (*report.open, *report.acknowledged) if f.rule == "AwsSolutions-S10"]
    assert "Shop/Pictures/Resource" not in {f.construct_path for f in rows}


def test_a_pack_that_breaks_down_is_a_failure(tmp_path: Path) -> None:
    file = tmp_path / "validation-report.json"
    file.write_text('{"pluginReports": [{"pluginName": "P", "conclusion": "failure", "violations": [],'
                    ' "metadata": {"error": "Validation plugin \'P\' failed: boom"}}]}')  # fmt: skip
    assert read_validation_report(file).failures == ("Validation plugin 'P' failed: boom",)


def test_a_missing_report_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="Synthesize first"):
        read_validation_report(tmp_path)


@pytest.mark.parametrize("text", ["", "[]", "{}", "not json"])
def test_another_file_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "validation-report.json"
    file.write_text(text)
    with pytest.raises(ValueError, match="not a validation report"):
        read_validation_report(file)
