"""A turn and settings for the chat function."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from chat.settings import Settings
from chat.turn import Turn

if TYPE_CHECKING:
    from collections.abc import Mapping

USER = "6f1f2c1e-5d0a-4b5e-9c3e-1a2b3c4d5e6f"
PAYLOAD = {
    "request_id": "request-1",
    "user_id": USER,
    "conversation_id": "33936dae-20a4-42bd-9de9-0ef16bcd8563",
    "message": "What is the capital of France?",
    "canary": "canary-qwzvkjxhpmtrbfyd",
    "roles": ["support"],
    "tenant": "north",
}
ENVIRONMENT = {
    "MODEL_ID": "eu.amazon.nova-lite-v1:0",
    "FALLBACK_MODEL_ID": "",
    "TOOLS_FUNCTION_NAME": "",
    "KNOWLEDGE_BASE_ID": "",
    "DOCUMENT_TABLE_NAME": "",
    "GUARDRAIL_ID": "gr1234567890",
    "GUARDRAIL_VERSION": "3",
    "CONVERSATION_TABLE_NAME": "conversations",
    "CONVERSATION_ROLE_ARN": "arn:aws:iam::123456789012:role/conversations",
    "CONVERSATION_DAYS": "30",
    "ALLOWED_LINK_HOSTS": "docs.example.com",
    "MAX_OUTPUT_TOKENS": "800",
    "HISTORY_TURNS": "4",
}


@pytest.fixture
def payload() -> dict[str, Any]:
    """What the guardrail function sends."""
    return dict(PAYLOAD)


@pytest.fixture
def turn() -> Turn:
    """The same, checked."""
    return Turn.from_payload(dict[str, object](PAYLOAD))


@pytest.fixture
def environment() -> Mapping[str, str]:
    """A complete environment."""
    return dict(ENVIRONMENT)


@pytest.fixture
def settings() -> Settings:
    """Settings with four turns of history."""
    return Settings.from_environment(ENVIRONMENT)
