"""The pack's findings land in the CDK's validation report with all that a reader needs."""

import json
from pathlib import Path
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_guardduty as guardduty

from genai_defense.checks.pack import OWASP_LLM, OWASP_LLM_BASELINE
from genai_defense.checks.plugin import OwaspLlmBaseline
from genai_defense.checks.report import Finding, read_validation_report

RULE = "OwaspLlm-DataStoreUsesCustomerManagedKey"


@pytest.fixture(scope="module")
def findings(assembly: Path) -> dict[str, Finding]:
    """The findings of one rule by their construct."""
    report = read_validation_report(assembly)
    return {f.construct_path: f for f in (*report.open, *report.acknowledged) if f.rule == RULE}


def test_every_store_is_judged_in_nested_stacks_too(findings: dict[str, Finding]) -> None:
    assert set(findings) == {"Shop/Pictures/Resource", "Shop/Orders/Resource", "Shop/Inner/Nested/Resource"}


def test_a_finding_says_where_what_and_how_to_mend_it(findings: dict[str, Finding]) -> None:
    finding = findings["Shop/Orders/Resource"]
    assert (finding.pack, finding.severity) == ("OwaspLlm", "error")
    assert finding.property_paths == ("Properties.BucketEncryption.ServerSideEncryptionConfiguration",)
    assert "no default encryption" in finding.description
    assert finding.remedy.startswith("Encrypt with a KMS key of your own")


def test_a_finding_is_acknowledged_like_those_of_any_pack(findings: dict[str, Finding]) -> None:
    assert findings["Shop/Pictures/Resource"].is_narrow
    assert findings["Shop/Orders/Resource"].acknowledgement is None


def test_the_report_carries_the_mapping_and_counts(assembly: Path) -> None:
    text = (assembly / "validation-report.json").read_text()
    plugins: dict[str, Any] = {plugin["pluginName"]: plugin for plugin in json.loads(text)["pluginReports"]}
    own = plugins["OwaspLlm"]
    metadata = next(v["ruleMetadata"] for v in own["violations"] if v["ruleName"] == RULE)
    assert metadata["owasp_llm_2025"] == "LLM02, LLM08"
    assert metadata["owasp_llm_2023"] == "LLM06"
    assert metadata["status"] == "non_compliant"
    # Each further rule about policies or buckets adds one that does not apply.
    about_policies = sum("AWS::IAM::Policy" in rule.resource_types for rule in OWASP_LLM.rules)
    assert own["metadata"].keys() >= {"NonCompliant", "NotApplicable"}
    report = read_validation_report(assembly)
    found = [f for f in (*report.open, *report.acknowledged) if f.pack == "OwaspLlm"]
    assert own["metadata"]["NonCompliant"] == str(len(found))
    assert int(own["metadata"]["NotApplicable"]) >= about_policies


def test_what_an_account_lacks_is_found_at_synth(tmp_path: Path) -> None:
    app = cdk.App(outdir=str(tmp_path / "cdk.out"))
    guardduty.CfnDetector(cdk.Stack(app, "Account"), "Detector", enable=True)
    cdk.Validations.of(app).add_plugins(OwaspLlmBaseline())
    app.synth()
    found = {
        f.rule for f in read_validation_report(tmp_path / "cdk.out").open if f.pack == "OwaspLlm-Baseline"
    }
    assert found == {rule.id for rule in OWASP_LLM_BASELINE.rules} - {"OwaspLlm-AccountHasAThreatDetector"}
