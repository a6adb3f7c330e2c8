"""The packs that every synth of the kit runs."""

import aws_cdk as cdk
import cdk_nag

from genai_defense.checks.plugin import OwaspLlm


def add_check_packs(app: cdk.App) -> None:
    """Run AwsSolutions, NIST 800-53 R5, HIPAA Security, PCI DSS 3.2.1 and OwaspLlm at every synth.

    An open finding of level error stops the synth. All findings, open and acknowledged, stand in
    `cdk.out/validation-report.json`. Acknowledge with `genai_defense.checks.acknowledge.acknowledge` only.

    Args:
        app: The app whose stacks are checked, in every stage.
    """
    cdk.Validations.of(app).add_plugins(
        cdk_nag.AwsSolutionsChecks(app),
        cdk_nag.NIST80053R5Checks(app),
        cdk_nag.HIPAASecurityChecks(app),
        cdk_nag.PCIDSS321Checks(app),
        OwaspLlm(),
    )
