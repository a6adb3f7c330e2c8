"""A state machine that findings start logs everything, or the rule speaks up."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-ResponseIsLogged"


def _rule(source: str) -> dict[str, Any]:
    target = {"Id": "A", "Arn": {"Ref": "Subject"}}
    return {
        "Rule": {
            "Type": "AWS::Events::Rule",
            "Properties": {"EventPattern": {"source": [source]}, "Targets": [target]},
        }
    }


def test_a_response_that_logs_all_is_compliant(ask: Callable[..., Answer]) -> None:
    properties = {"LoggingConfiguration": {"Level": "ALL"}}
    assert isinstance(ask(RULE, properties, others=_rule("aws.guardduty")), Compliant)


@pytest.mark.parametrize(
    "properties",
    [{}, {"LoggingConfiguration": {"Level": "ERROR"}}, {"LoggingConfiguration": {"Level": "OFF"}}],
)
def test_one_that_logs_less_is_not(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    answer = ask(RULE, properties, others=_rule("aws.securityhub"))
    assert isinstance(answer, NonCompliant)
    assert answer.property == "LoggingConfiguration.Level"


@pytest.mark.parametrize("others", [{}, _rule("aws.s3")])
def test_other_machines_are_not_asked(ask: Callable[..., Answer], others: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, {}, others=others), NotApplicable)


def test_a_token_is_unknown(ask: Callable[..., Answer]) -> None:
    properties = {"LoggingConfiguration": {"Level": {"Ref": "Given"}}}
    assert isinstance(ask(RULE, properties, others=_rule("aws.guardduty")), Unknown)
