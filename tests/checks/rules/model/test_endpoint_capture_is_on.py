"""Capture that is set up is on."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-EndpointCaptureIsOn"


def _config(**change: object) -> dict[str, Any]:
    return {"DataCaptureConfig": {"DestinationS3Uri": "s3://kept", **change}}


@pytest.mark.parametrize("value", [False, "false"])
def test_capture_that_is_off_is_found(ask: Callable[..., Answer], value: object) -> None:
    answer = ask(RULE, _config(EnableCapture=value))
    assert isinstance(answer, NonCompliant)
    assert answer.property == "DataCaptureConfig.EnableCapture"


def test_capture_that_is_on_is_sound(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, _config(EnableCapture=True)), Compliant)
    assert isinstance(ask(RULE, _config()), Compliant)


def test_who_asked_for_none_is_not_asked(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, {}), NotApplicable)


def test_a_token_is_unknown(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, _config(EnableCapture={"Ref": "Given"})), Unknown)
