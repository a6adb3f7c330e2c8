"""The only metric of trouble on a dashboard that raises no alarm is found."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable

RULE = "OwaspLlm-TroubleOnDashboardsRaisesAlarms"
NAMES = ("Failed", "EventsLost", "NotFiled", "DocumentsWaiting")


def board(*names: str, namespace: str = "Shop") -> dict[str, Any]:
    rows = ", ".join(f'["{namespace}", "{name}"]' for name in names)
    return {"DashboardBody": f'{{"widgets": [{{"properties": {{"metrics": [{rows}]}}}}]}}'}


def alarms(*names: str) -> dict[str, Any]:
    return {
        n: {"Type": "AWS::CloudWatch::Alarm", "Properties": {"Namespace": "Shop", "MetricName": n}}
        for n in names
    }


def test_trouble_that_raises_alarms_is_compliant(ask: Callable[..., Answer]) -> None:
    metric = {"MetricStat": {"Metric": {"Namespace": "Shop", "MetricName": "Failed"}}}
    others = {
        **alarms(*NAMES[1:]),
        "M": {"Type": "AWS::CloudWatch::Alarm", "Properties": {"Metrics": [metric]}},
    }
    assert isinstance(ask(RULE, board(*NAMES, "Answered"), others=others), Compliant)


@pytest.mark.parametrize("missing", NAMES)
def test_the_only_silent_one_is_found(ask: Callable[..., Answer], missing: str) -> None:
    answer = ask(RULE, board(*NAMES), others=alarms(*(name for name in NAMES if name != missing)))
    assert isinstance(answer, NonCompliant)
    assert missing in answer.message


@pytest.mark.parametrize(
    "properties",
    [board(*NAMES[:2]), board(*NAMES, namespace="AWS/SQS"), {"DashboardBody": {"Ref": "Given"}}, {}],
)
def test_where_there_is_no_practice_nobody_is_asked(
    ask: Callable[..., Answer], properties: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, properties, others=alarms(*NAMES[:1])), NotApplicable)
