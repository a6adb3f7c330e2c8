"""The function starts with a whole environment or not at all."""

from __future__ import annotations

import pytest

from function_environment import SettingsError
from ingestion.settings import Settings

WHOLE = {
    "LANDING_BUCKET_NAME": "landing",
    "TRUSTED_BUCKET_NAME": "trusted",
    "QUARANTINE_BUCKET_NAME": "quarantine",
    "MANIFEST_BUCKET_NAME": "manifest",
    "DOCUMENT_TABLE_NAME": "documents",
    "KNOWLEDGE_BASE_ID": "KB12345678",
    "DATA_SOURCE_ID": "DS12345678",
    "ALERT_TOPIC_ARN": "arn:aws:sns:eu-central-1:123456789012:alerts",
    "MAX_DOCUMENT_BYTES": "20000000",
    "MAX_PAGES": "500",
}


def test_a_whole_environment_is_read() -> None:
    found = Settings.from_environment(WHOLE)
    assert (found.max_pages, found.max_document_bytes) == (500, 20_000_000)
    assert found.quarantined_personal_data == {"CARD", "SSN"}


@pytest.mark.parametrize("name", WHOLE)
def test_each_variable_is_needed(name: str) -> None:
    with pytest.raises(SettingsError, match=name):
        Settings.from_environment({key: value for key, value in WHOLE.items() if key != name})


@pytest.mark.parametrize(
    ("value", "labels"), [("card, iban", {"CARD", "IBAN"}), ("", set[str]()), ("EMAIL", {"EMAIL"})]
)
def test_personal_data_that_keeps_out_is_a_setting(value: str, labels: set[str]) -> None:
    found = Settings.from_environment({**WHOLE, "QUARANTINED_PERSONAL_DATA": value})
    assert found.quarantined_personal_data == labels


def test_an_unknown_type_is_no_silent_gap() -> None:
    with pytest.raises(SettingsError, match="Allowed: CARD, EMAIL, IBAN, PHONE, SSN"):
        Settings.from_environment({**WHOLE, "QUARANTINED_PERSONAL_DATA": "CARDS"})
