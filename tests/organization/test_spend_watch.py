import json
from collections.abc import Callable
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import assertions
from aws_cdk import aws_kms as kms

from genai_defense.organization import AlarmTopic, ServiceSpendMonitor, SpendWatch

Template = Callable[[], assertions.Template]


@pytest.fixture
def topic(stack: cdk.Stack, log_key: kms.Key) -> AlarmTopic:
    return AlarmTopic(stack, "Topic", encryption_key=log_key)


def _only(template: Template, kind: str) -> dict[str, Any]:
    (found,) = template().find_resources(kind).values()
    properties: dict[str, Any] = found["Properties"]
    return properties


def test_people_hear_before_at_and_ahead_of_the_limit(
    stack: cdk.Stack, template: Template, topic: AlarmTopic
) -> None:
    SpendWatch(stack, "It", alarm_topic=topic.topic, monthly_limit=300)
    budget = _only(template, "AWS::Budgets::Budget")
    assert budget["Budget"]["BudgetLimit"] == {"Amount": 300, "Unit": "USD"}
    assert budget["Budget"]["CostFilters"] == {"Service": ["Amazon Bedrock"]}
    notices = budget["NotificationsWithSubscribers"]
    assert [
        (entry["Notification"]["NotificationType"], entry["Notification"]["Threshold"]) for entry in notices
    ] == [("ACTUAL", 80), ("ACTUAL", 100), ("FORECASTED", 100)]
    assert all(entry["Subscribers"][0]["SubscriptionType"] == "SNS" for entry in notices)


def test_models_of_other_providers_have_names_of_their_own_on_the_bill(
    stack: cdk.Stack, template: Template, topic: AlarmTopic
) -> None:
    names = ["Amazon Bedrock", "Claude Sonnet 4.5 (Amazon Bedrock Edition)"]
    SpendWatch(stack, "It", alarm_topic=topic.topic, monthly_limit=1, services=names)
    assert _only(template, "AWS::Budgets::Budget")["Budget"]["CostFilters"] == {"Service": names}


def test_unusual_spend_is_told_at_once(stack: cdk.Stack, template: Template, topic: AlarmTopic) -> None:
    monitor = ServiceSpendMonitor(stack, "Monitor").monitor
    SpendWatch(
        stack,
        "It",
        alarm_topic=topic.topic,
        monthly_limit=300,
        monitor_arn=monitor.attr_monitor_arn,
        anomaly_impact=20,
    )
    assert _only(template, "AWS::CE::AnomalyMonitor")["MonitorDimension"] == "SERVICE"
    subscription = _only(template, "AWS::CE::AnomalySubscription")
    assert subscription["Frequency"] == "IMMEDIATE"
    assert subscription["Subscribers"][0]["Type"] == "SNS"
    assert json.loads(subscription["ThresholdExpression"])["Dimensions"]["Values"] == ["20"]


def test_without_a_monitor_there_is_no_alarm_on_anomalies(
    stack: cdk.Stack, template: Template, topic: AlarmTopic
) -> None:
    SpendWatch(stack, "It", alarm_topic=topic.topic, monthly_limit=300)
    assert template().find_resources("AWS::CE::AnomalySubscription") == {}


def test_both_senders_may_publish_and_encrypt_for_this_account_only(
    stack: cdk.Stack, template: Template, topic: AlarmTopic
) -> None:
    SpendWatch(stack, "It", alarm_topic=topic.topic, monthly_limit=300)
    (policy,) = template().find_resources("AWS::SNS::TopicPolicy").values()
    (key,) = template().find_resources("AWS::KMS::Key").values()
    statements = {
        entry["Sid"]: entry
        for entry in (
            *policy["Properties"]["PolicyDocument"]["Statement"],
            *key["Properties"]["KeyPolicy"]["Statement"],
        )
        if "Sid" in entry
    }
    for sid in ("AllowSpendMessages", "AllowSpendMessagesToEncrypt"):
        assert statements[sid]["Principal"]["Service"] == [
            "budgets.amazonaws.com",
            "costalerts.amazonaws.com",
        ]
        assert statements[sid]["Condition"]["StringEquals"]["aws:SourceAccount"] == {"Ref": "AWS::AccountId"}


@pytest.mark.parametrize(
    ("limit", "impact", "says"), [(0, 1, "monthly_limit is 0"), (1, 0, "anomaly_impact")]
)
def test_an_amount_below_a_dollar_is_refused(
    stack: cdk.Stack, topic: AlarmTopic, limit: int, impact: int, says: str
) -> None:
    with pytest.raises(ValueError, match=says):
        SpendWatch(stack, "It", alarm_topic=topic.topic, monthly_limit=limit, anomaly_impact=impact)
