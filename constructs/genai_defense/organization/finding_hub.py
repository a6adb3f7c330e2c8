"""Security Hub: one place for findings, and two standards against which it checks the account."""

from collections.abc import Sequence
from typing import Final

from aws_cdk import Stack
from aws_cdk import aws_securityhub as securityhub
from constructs import Construct

STANDARDS: Final = ("aws-foundational-security-best-practices/v/1.0.0", "nist-800-53/v/5.0.0")


class FindingHub(Construct):
    """The Region's one Security Hub, with standards.

    GuardDuty, Macie, Access Analyzer and Config send it their findings by themselves; the standards need a
    Config recorder. Creating a second hub in a Region fails.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        standards: Standards by name and version. Default: AWS Foundational Security Best Practices, and NIST
            SP 800-53 revision 5.

    Attributes:
        hub: The hub.

    Source: https://docs.aws.amazon.com/securityhub/latest/userguide/standards-reference.html (read
        2026-11-24).
    """

    def __init__(self, scope: Construct, construct_id: str, *, standards: Sequence[str] = STANDARDS) -> None:
        super().__init__(scope, construct_id)
        self.hub = securityhub.CfnHub(
            self,
            "Hub",
            auto_enable_controls=True,
            control_finding_generator="SECURITY_CONTROL",
            # The default would be AWS's choice of today, and one of them is named below.
            enable_default_standards=False,
        )
        for number, standard in enumerate(standards):
            enabled = securityhub.CfnStandard(
                self,
                f"Standard{number}",
                standards_arn=Stack.of(self).format_arn(
                    service="securityhub", account="", resource="standards", resource_name=standard
                ),
            )
            enabled.node.add_dependency(self.hub)
