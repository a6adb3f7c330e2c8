"""Sessions of an agent's browser are recorded."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-AgentBrowserIsRecorded"


def _browser(enabled: object) -> dict[str, Any]:
    return {"RecordingConfig": {"Enabled": enabled, "S3Location": {"Bucket": "b", "Prefix": "p"}}}


@pytest.mark.parametrize("properties", [{}, _browser(enabled=False), _browser("false")])
def test_a_browser_without_recording_is_found(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    answer = ask(RULE, properties)
    assert isinstance(answer, NonCompliant)
    assert answer.property == "RecordingConfig.Enabled"


def test_a_recorded_browser_is_sound(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, _browser(enabled=True)), Compliant)


def test_a_token_is_unknown(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, _browser({"Ref": "Given"})), Unknown)
