"""What AWS's reference says of actions and their resources."""

import json
from pathlib import Path

import pytest

from genai_defense.checks import action_resources
from genai_defense.checks.action_resources import actions_with_resource
from genai_defense.checks.values import Unresolved


@pytest.mark.parametrize(
    ("pattern", "actions"),
    [
        ("sqs:SendMessage", ("sqs:SendMessage",)),
        ("SQS:sendmessage", ("sqs:SendMessage",)),
        ("kms:GenerateDataKeyP*", ("kms:GenerateDataKeyPair", "kms:GenerateDataKeyPairWithoutPlaintext")),
        ("xray:PutTraceSegments", ()),
        ("sqs:ListQueues", ()),
        ("sqs:*", ()),
        ("*", ()),
        ("tomorrow:DoSomething", ()),
        (Unresolved("it is given at deployment"), ()),
    ],
)
def test_a_pattern_is_the_actions_that_name_a_resource(pattern: str, actions: tuple[str, ...]) -> None:
    assert actions_with_resource(pattern) == actions


def test_the_extract_says_where_it_is_from() -> None:
    written = json.loads(Path(action_resources.__file__).with_suffix(".json").read_text())
    assert written["source"].startswith("https://docs.aws.amazon.com/service-authorization/")
    assert "MIT" in written["read_by"]
    assert written["made"] >= "2026-11-24"
    assert all(written["actions"].values())
