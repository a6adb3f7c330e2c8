"""The packs that every synth of the kit runs."""

from collections.abc import Callable
from typing import Final

import aws_cdk as cdk
import cdk_nag
from constructs import IConstruct

from genai_defense.checks.pack_names import PackName
from genai_defense.checks.plugin import OwaspLlm

NAG_PACKS: Final[dict[PackName, Callable[[IConstruct], cdk_nag.NagPack]]] = {
    PackName.AWS_SOLUTIONS: cdk_nag.AwsSolutionsChecks,
    PackName.NIST_800_53_R5: cdk_nag.NIST80053R5Checks,
    PackName.HIPAA: cdk_nag.HIPAASecurityChecks,
    PackName.PCI: cdk_nag.PCIDSS321Checks,
}
"""The packs of cdk-nag, by the names that `genai-defense check --pack` knows them by."""


def add_check_packs(app: cdk.App, *, depth: bool = False) -> None:
    """Run AwsSolutions, NIST 800-53 R5, HIPAA Security, PCI DSS 3.2.1 and OwaspLlm at every synth.

    An open finding of level error stops the synth. All findings, open and acknowledged, stand in
    `cdk.out/validation-report.json`. Acknowledge with `genai_defense.checks.acknowledge.acknowledge` only.

    Args:
        app: The app whose stacks are checked, in every stage.
        depth: Whether the app is a whole application, in which less than two independent controls against a
            risk of the OWASP list stop the synth. Default: False.
    """
    cdk.Validations.of(app).add_plugins(*(pack(app) for pack in NAG_PACKS.values()), OwaspLlm(depth=depth))
