"""A firewall writes down what it dropped and what it let through."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-FirewallIsLogged"
_SUBJECT = {"Ref": "Subject"}


def _logging(*types: Any, firewall: Any = _SUBJECT) -> dict[str, Any]:
    configs: list[dict[str, Any]] = [{"LogType": kind, "LogDestinationType": "S3"} for kind in types]
    properties: dict[str, Any] = {
        "FirewallArn": firewall,
        "LoggingConfiguration": {"LogDestinationConfigs": configs},
    }
    return {"Type": "AWS::NetworkFirewall::LoggingConfiguration", "Properties": properties}


@pytest.mark.parametrize(
    "others",
    [
        {"Both": _logging("ALERT", "FLOW")},
        {"All": _logging("FLOW", "TLS", "ALERT", firewall={"Fn::GetAtt": ["Subject", "FirewallArn"]})},
        {"One": _logging("ALERT"), "Other": _logging("FLOW")},
    ],
)
def test_alerts_and_flows_are_compliant(ask: Callable[..., Answer], others: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, {}, others=others), Compliant)


@pytest.mark.parametrize(
    "others",
    [
        {},
        {"One": _logging("ALERT")},
        {"One": _logging("FLOW")},
        {
            "Foreign": _logging(
                "ALERT", "FLOW", firewall="arn:aws:network-firewall:eu-west-1:1:firewall/other"
            )
        },
    ],
)
def test_a_missing_log_is_not(ask: Callable[..., Answer], others: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, {}, others=others), NonCompliant)


def test_a_token_is_unknown(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, {}, others={"Logging": _logging("ALERT", {"Ref": "Given"})}), Unknown)
