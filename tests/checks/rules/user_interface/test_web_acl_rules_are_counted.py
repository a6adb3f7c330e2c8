"""Each rule of a web ACL is counted, and none alone keeps samples."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-WebAclRulesAreCounted"


def seen(metrics: object = True, samples: object = False) -> dict[str, Any]:  # noqa: FBT002 - as the property
    return {"VisibilityConfig": {"CloudWatchMetricsEnabled": metrics, "SampledRequestsEnabled": samples}}


@pytest.mark.parametrize(
    "properties",
    [
        {**seen(), "Rules": [seen(), seen(), seen()]},
        {**seen(samples=True), "Rules": [seen(samples=True), seen()]},
        {**seen(samples=True), "Rules": [seen(samples=True)] * 3},
    ],
)
def test_rules_that_are_counted_are_compliant(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Compliant)


@pytest.mark.parametrize(
    ("properties", "where"),
    [
        (
            {**seen(), "Rules": [seen(), seen(metrics=False)]},
            "Rules.1.VisibilityConfig.CloudWatchMetricsEnabled",
        ),
        ({**seen(metrics=False), "Rules": []}, "VisibilityConfig.CloudWatchMetricsEnabled"),
        (
            {**seen(), "Rules": [seen(), seen(samples=True), seen()]},
            "Rules.1.VisibilityConfig.SampledRequestsEnabled",
        ),
    ],
)
def test_a_rule_that_is_not_counted_or_alone_keeps_samples_is_not(
    ask: Callable[..., Answer], properties: dict[str, Any], where: str
) -> None:
    answer = ask(RULE, properties)
    assert isinstance(answer, NonCompliant)
    assert answer.property == where


def test_a_token_is_unknown(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, {**seen(), "Rules": [seen({"Ref": "Given"})]}), Unknown)
