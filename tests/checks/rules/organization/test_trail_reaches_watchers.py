"""Trail reaches watchers."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant

RULE = "OwaspLlm-TrailReachesWatchers"


@pytest.mark.parametrize(
    "case",
    [
        {
            "properties": {
                "CloudWatchLogsLogGroupArn": {"Ref": "Given"},
                "CloudWatchLogsRoleArn": {"Ref": "Given"},
            }
        },
    ],
)
def test_what_is_sound_is_left_alone(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Compliant)


@pytest.mark.parametrize(
    "case",
    [
        {"properties": {}},
        {"properties": {"CloudWatchLogsLogGroupArn": "arn:aws:logs:us-east-1:1:log-group:trail:*"}},
    ],
)
def test_what_breaks_the_promise_is_found(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NonCompliant)
