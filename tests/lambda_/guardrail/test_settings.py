"""Settings: complete or refused, with advice."""

from __future__ import annotations

import pytest

from function_environment import SettingsError
from guardrail.address import SeenBy
from guardrail.settings import Settings

COMPLETE = {
    "CHAT_FUNCTION_NAME": "chat",
    "KILL_SWITCH_PARAMETER": "switch",
    "QUOTA_TABLE_NAME": "quota",
    "AUDIT_BUCKET_NAME": "audit",
    "STANDING_TABLE_NAME": "standings",
    "EVENT_BUS_NAME": "bus",
    "ADDRESS_SEEN_BY": "distribution",
    "REQUESTS_PER_DAY": "50",
    "TOKENS_PER_DAY": "100000",
    "MAX_OUTPUT_TOKENS": "800",
    "ALLOWED_LINK_HOSTS": "docs.example.com, Help.Example.com ,",
}
COUNTS = ["REQUESTS_PER_DAY", "TOKENS_PER_DAY", "MAX_OUTPUT_TOKENS"]


def test_a_complete_environment_is_read() -> None:
    assert Settings.from_environment(COMPLETE) == Settings(
        chat_function_name="chat",
        kill_switch_parameter="switch",
        quota_table_name="quota",
        audit_bucket_name="audit",
        standing_table_name="standings",
        event_bus_name="bus",
        address_seen_by=SeenBy.DISTRIBUTION,
        requests_per_day=50,
        tokens_per_day=100_000,
        max_output_tokens=800,
        allowed_link_hosts=frozenset({"docs.example.com", "help.example.com"}),
    )


@pytest.mark.parametrize("name", COMPLETE)
def test_each_missing_variable_is_named(name: str) -> None:
    environment = {key: value for key, value in COMPLETE.items() if key != name}
    with pytest.raises(
        SettingsError, match=f"{name} is not set.*Allowed: .*Set it on the guardrail function"
    ):
        Settings.from_environment(environment)


@pytest.mark.parametrize("name", sorted(COMPLETE.keys() - {"ALLOWED_LINK_HOSTS", "EVENT_BUS_NAME"}))
@pytest.mark.parametrize("value", ["", "  "])
def test_an_empty_variable_is_a_missing_one(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"{name} is not set"):
        Settings.from_environment(COMPLETE | {name: value})


@pytest.mark.parametrize("name", COUNTS)
@pytest.mark.parametrize("value", ["0", "-1", "1.5", "many", "1e3", "٣", "0x10"])
def test_a_count_is_a_whole_number_of_at_least_one(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"{name} is '{value}'. Allowed: a whole number of at least 1"):
        Settings.from_environment(COMPLETE | {name: value})


def test_no_allowed_hosts_is_a_choice_that_must_be_made() -> None:
    assert Settings.from_environment(COMPLETE | {"ALLOWED_LINK_HOSTS": ""}).allowed_link_hosts == frozenset()


def test_a_guardrail_without_a_bus_is_a_choice_that_must_be_made() -> None:
    assert Settings.from_environment(COMPLETE | {"EVENT_BUS_NAME": ""}).event_bus_name is None


def test_who_sees_addresses_is_one_of_two() -> None:
    with pytest.raises(SettingsError, match=r"ADDRESS_SEEN_BY is 'client'. Allowed: api, distribution"):
        Settings.from_environment(COMPLETE | {"ADDRESS_SEEN_BY": "client"})
