from collections.abc import Callable

import aws_cdk as cdk
from aws_cdk import assertions

from genai_defense.organization import ThreatDetection


def test_the_detector_watches_models_functions_and_objects(
    stack: cdk.Stack, template: Callable[[], assertions.Template]
) -> None:
    ThreatDetection(stack, "It")
    (detector,) = template().find_resources("AWS::GuardDuty::Detector").values()
    assert detector["Properties"] == {
        "Enable": True,
        "Features": [
            {"Name": name, "Status": "ENABLED"}
            for name in ("AI_PROTECTION", "LAMBDA_NETWORK_LOGS", "S3_DATA_EVENTS")
        ],
        "FindingPublishingFrequency": "FIFTEEN_MINUTES",
    }
