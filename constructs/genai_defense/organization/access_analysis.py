"""IAM Access Analyzer: who from outside can reach what, and what is granted but never used."""

from aws_cdk import Duration
from aws_cdk import aws_accessanalyzer as accessanalyzer
from constructs import Construct


class ExternalAccessAnalyzer(Construct):
    """Finds resources of the account that somebody outside of it can reach.

    A Region takes one such analyzer of an account. It costs nothing.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.

    Attributes:
        analyzer: The analyzer.

    Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/what-is-access-analyzer.html (read 2026-11-24).
    """

    def __init__(self, scope: Construct, construct_id: str) -> None:
        super().__init__(scope, construct_id)
        self.analyzer = accessanalyzer.CfnAnalyzer(self, "Analyzer", type="ACCOUNT")


class UnusedAccessAnalyzer(Construct):
    """Finds roles and permissions of the account that nobody uses.

    It is billed for each role and user a month. A Region takes one such analyzer of an account.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        unused_for: What has not been used for so long is a finding, 1 to 365 days. Default: 90 days.

    Attributes:
        analyzer: The analyzer.

    Raises:
        ValueError: `unused_for` is out of range.

    Source: https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_UnusedAccessConfiguration.html
        (read 2026-11-24).
    """

    def __init__(self, scope: Construct, construct_id: str, *, unused_for: Duration | None = None) -> None:
        super().__init__(scope, construct_id)
        days = (unused_for or Duration.days(90)).to_days()
        if not 1 <= days <= 365:  # noqa: PLR2004 - AWS's limits, which the text tells
            raise ValueError(
                f"UnusedAccessAnalyzer {self.node.path}: unused_for is {days} days. Give 1 to 365 days."
            )
        self.analyzer = accessanalyzer.CfnAnalyzer(
            self,
            "Analyzer",
            type="ACCOUNT_UNUSED_ACCESS",
            analyzer_configuration=accessanalyzer.CfnAnalyzer.AnalyzerConfigurationProperty(
                unused_access_configuration=accessanalyzer.CfnAnalyzer.UnusedAccessConfigurationProperty(
                    unused_access_age=days
                )
            ),
        )
