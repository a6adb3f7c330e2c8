"""Every synth runs all packs."""

import json
from pathlib import Path
from typing import Any


def test_all_five_packs_report(assembly: Path) -> None:
    report: dict[str, Any] = json.loads((assembly / "validation-report.json").read_text())
    assert {plugin["pluginName"] for plugin in report["pluginReports"]} - {"CloudFormation Validate"} == {
        "AwsSolutions",
        "HIPAA.Security",
        "NIST.800.53.R5",
        "OwaspLlm",
        "PCI.DSS.321",
    }
