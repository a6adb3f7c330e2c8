from collections.abc import Callable

import aws_cdk as cdk
import pytest
from aws_cdk import assertions

from genai_defense.organization import ExternalAccessAnalyzer, UnusedAccessAnalyzer


def test_access_from_outside_and_unused_access_are_found(
    stack: cdk.Stack, template: Callable[[], assertions.Template]
) -> None:
    ExternalAccessAnalyzer(stack, "External")
    UnusedAccessAnalyzer(stack, "Unused")
    analyzers = [
        entry["Properties"] for entry in template().find_resources("AWS::AccessAnalyzer::Analyzer").values()
    ]
    assert analyzers == [
        {"Type": "ACCOUNT"},
        {
            "Type": "ACCOUNT_UNUSED_ACCESS",
            "AnalyzerConfiguration": {"UnusedAccessConfiguration": {"UnusedAccessAge": 90}},
        },
    ]


@pytest.mark.parametrize("days", [0, 366])
def test_an_age_that_the_analyzer_does_not_take_is_refused(stack: cdk.Stack, days: int) -> None:
    with pytest.raises(ValueError, match="Give 1 to 365 days"):
        UnusedAccessAnalyzer(stack, "Unused", unused_for=cdk.Duration.days(days))
