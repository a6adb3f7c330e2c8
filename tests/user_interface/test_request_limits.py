"""Limits that WAF would refuse are refused at synth, and what the API allows fits."""

import json
from typing import Any

import pytest

from genai_defense.limits import MAX_MESSAGE_CHARS
from genai_defense.user_interface import RequestLimits


@pytest.mark.parametrize(
    ("argument", "value"),
    [
        ("requests_per_five_minutes", 9),
        ("chat_requests_per_five_minutes", 2_000_000_001),
        ("max_body_bytes", 0),
        ("max_body_bytes", 65_537),
    ],
)
def test_a_limit_that_waf_refuses_is_refused_here(argument: str, value: int) -> None:
    given: dict[str, Any] = {argument: value}
    with pytest.raises(ValueError, match=rf"{argument} is {value}; WAF allows"):
        RequestLimits(**given)


@pytest.mark.parametrize("text", ["a", "ü", "語", "😀"])
def test_a_message_of_full_length_fits_however_it_is_escaped(text: str) -> None:
    """WAF must not refuse what the API's schema allows."""
    body = {"message": text * MAX_MESSAGE_CHARS, "conversation_id": "0" * 36}
    assert len(json.dumps(body, ensure_ascii=True)) <= RequestLimits().max_body_bytes
