import json
from collections.abc import Callable

import aws_cdk as cdk
from aws_cdk import assertions

from genai_defense.organization import FindingHub


def test_the_hub_checks_two_standards_once_it_is_there(
    stack: cdk.Stack, template: Callable[[], assertions.Template]
) -> None:
    FindingHub(stack, "It")
    ((hub_id, hub),) = template().find_resources("AWS::SecurityHub::Hub").items()
    assert hub["Properties"]["AutoEnableControls"] is True
    assert hub["Properties"]["EnableDefaultStandards"] is False
    standards = list(template().find_resources("AWS::SecurityHub::Standard").values())
    written = json.dumps(standards)
    assert ":securityhub:eu-west-1::standards/aws-foundational-security-best-practices/v/1.0.0" in written
    assert ":securityhub:eu-west-1::standards/nist-800-53/v/5.0.0" in written
    assert all(hub_id in standard["DependsOn"] for standard in standards)
