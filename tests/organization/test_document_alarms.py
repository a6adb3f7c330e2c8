"""A document that is lost is told to people, whichever way it was lost."""

from collections.abc import Callable
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_kms as kms
from aws_cdk import aws_sqs as sqs
from aws_cdk.assertions import Template

from genai_defense.organization import AlarmTopic, DocumentAlarms

Synth = Callable[[], Template]


@pytest.fixture
def alarms(stack: cdk.Stack, template: Synth) -> dict[str, dict[str, Any]]:
    topic = AlarmTopic(stack, "Topic", encryption_key=kms.Key(stack, "Key"))
    queue = sqs.Queue(stack, "Letters")
    built = DocumentAlarms(stack, "Alarms", alarm_topic=topic.topic, dead_letters={"Letters": queue})
    assert built.alarms.keys() == {"NotIngested", "Waiting", "LettersWaiting"}
    found = template().find_resources("AWS::CloudWatch::Alarm").values()
    return {entry["Properties"]["MetricName"]: entry["Properties"] for entry in found}


def test_each_way_of_losing_a_document_has_its_alarm(alarms: dict[str, dict[str, Any]]) -> None:
    assert alarms.keys() == {
        *("DocumentNotIngested", "DocumentsWaiting", "ApproximateNumberOfMessagesVisible"),
    }
    for alarm in alarms.values():
        assert alarm["AlarmActions"] == alarm["OKActions"] != []
        assert (alarm["Threshold"], alarm["EvaluationPeriods"]) == (1, 1)
        assert alarm["ComparisonOperator"] == "GreaterThanOrEqualToThreshold"


def test_silence_of_the_hourly_look_calls_and_other_silence_does_not(
    alarms: dict[str, dict[str, Any]],
) -> None:
    missing = {name: alarm["TreatMissingData"] for name, alarm in alarms.items()}
    assert missing.pop("DocumentsWaiting") == "breaching"
    assert set(missing.values()) == {"notBreaching"}
    assert alarms["DocumentsWaiting"]["Period"] == 3 * 3600
