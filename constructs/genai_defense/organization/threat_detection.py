"""GuardDuty, with what it knows about AI workloads."""

from typing import Final

from aws_cdk import aws_guardduty as guardduty
from constructs import Construct

# AI_PROTECTION reads Bedrock's data events: direct prompt injection, anomalous invocations, cost harvesting.
# LAMBDA_NETWORK_LOGS sees functions that speak to strangers, S3_DATA_EVENTS who takes documents.
# Source: https://docs.aws.amazon.com/guardduty/latest/APIReference/API_DetectorFeatureConfiguration.html
# (read 2026-11-24).
FEATURES: Final = ("AI_PROTECTION", "LAMBDA_NETWORK_LOGS", "S3_DATA_EVENTS")


class ThreatDetection(Construct):
    """The Region's one GuardDuty detector, with protection for AI, Lambda and S3.

    It reads the trail's management events, DNS queries and flow logs in any case. Findings are published
    every 15 minutes. Creating a second detector in a Region fails.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.

    Attributes:
        detector: The detector.

    Source: https://docs.aws.amazon.com/guardduty/latest/ug/ai-protection.html (read 2026-11-24).
    """

    def __init__(self, scope: Construct, construct_id: str) -> None:
        super().__init__(scope, construct_id)
        self.detector = guardduty.CfnDetector(
            self,
            "Detector",
            enable=True,
            features=[
                guardduty.CfnDetector.CFNFeatureConfigurationProperty(name=feature, status="ENABLED")
                for feature in FEATURES
            ],
            finding_publishing_frequency="FIFTEEN_MINUTES",
        )
