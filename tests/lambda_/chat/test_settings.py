"""Settings: complete or refused, and never the DRAFT of a guardrail."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from chat.settings import Settings
from function_environment import SettingsError

if TYPE_CHECKING:
    from collections.abc import Mapping

NAMES = [
    "MODEL_ID",
    "GUARDRAIL_ID",
    "GUARDRAIL_VERSION",
    "CONVERSATION_TABLE_NAME",
    "CONVERSATION_ROLE_ARN",
    "CONVERSATION_DAYS",
    "MAX_OUTPUT_TOKENS",
    "HISTORY_TURNS",
]


def test_a_complete_environment_is_read(environment: Mapping[str, str]) -> None:
    assert Settings.from_environment(environment) == Settings(
        model_id="eu.amazon.nova-lite-v1:0",
        fallback_model_id=None,
        tools_function_name=None,
        knowledge_base_id=None,
        document_table_name=None,
        guardrail_id="gr1234567890",
        guardrail_version="3",
        conversation_table_name="conversations",
        conversation_role_arn="arn:aws:iam::123456789012:role/conversations",
        conversation_days=30,
        max_output_tokens=800,
        history_turns=4,
        allowed_link_hosts=frozenset({"docs.example.com"}),
    )


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("value", [None, "", " "])
def test_each_missing_variable_is_named(name: str, value: str | None, environment: Mapping[str, str]) -> None:
    changed = {key: one for key, one in environment.items() if key != name}
    with pytest.raises(SettingsError, match=f"{name} is not set.*Allowed: .*Set it on the chat function"):
        Settings.from_environment(changed if value is None else changed | {name: value})


@pytest.mark.parametrize("version", ["DRAFT", "draft", "0", "1.0", "latest", "-1", "１"])
def test_only_a_numbered_guardrail_version_is_taken(version: str, environment: Mapping[str, str]) -> None:
    with pytest.raises(SettingsError, match=r"GUARDRAIL_VERSION is .*whole number of at least 1"):
        Settings.from_environment({**environment, "GUARDRAIL_VERSION": version})


@pytest.mark.parametrize(
    ("name", "value"),
    [("MAX_OUTPUT_TOKENS", "0"), ("CONVERSATION_DAYS", "0"), ("HISTORY_TURNS", "-1"), ("HISTORY_TURNS", "x")],
)
def test_counts_have_their_least(name: str, value: str, environment: Mapping[str, str]) -> None:
    with pytest.raises(SettingsError, match=f"{name} is"):
        Settings.from_environment({**environment, name: value})


def test_no_history_is_allowed(environment: Mapping[str, str]) -> None:
    assert Settings.from_environment({**environment, "HISTORY_TURNS": "0"}).history_turns == 0


@pytest.mark.parametrize("name", ["KNOWLEDGE_BASE_ID", "DOCUMENT_TABLE_NAME"])
def test_a_knowledge_base_comes_with_its_register(name: str, environment: Mapping[str, str]) -> None:
    """Without the register, a withdrawn document would still be shown."""
    both = {**environment, "KNOWLEDGE_BASE_ID": "KB12345678", "DOCUMENT_TABLE_NAME": "documents"}
    settings = Settings.from_environment(both)
    assert (settings.knowledge_base_id, settings.document_table_name) == ("KB12345678", "documents")
    with pytest.raises(SettingsError, match="both or none"):
        Settings.from_environment({**both, name: ""})


@pytest.mark.parametrize(
    "name", ["FALLBACK_MODEL_ID", "TOOLS_FUNCTION_NAME", "KNOWLEDGE_BASE_ID", "DOCUMENT_TABLE_NAME"]
)
def test_an_absent_variable_is_an_error(name: str, environment: Mapping[str, str]) -> None:
    with pytest.raises(SettingsError, match=f"{name} is not set.*an empty string for none"):
        Settings.from_environment({key: one for key, one in environment.items() if key != name})


@pytest.mark.parametrize("name", ["FALLBACK_MODEL_ID", "TOOLS_FUNCTION_NAME"])
def test_what_may_be_absent_must_be_said_to_be(name: str, environment: Mapping[str, str]) -> None:
    with pytest.raises(SettingsError, match=f"{name} is not set.*an empty string for none"):
        Settings.from_environment({key: one for key, one in environment.items() if key != name})
    settings = Settings.from_environment({**environment, name: "given"})
    assert getattr(settings, name.lower()) == "given"
