"""The function's settings, read from its environment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from document_screen import QUARANTINED
from function_environment import FunctionEnvironment, SettingsError

if TYPE_CHECKING:
    from collections.abc import Mapping

LABELS: Final = frozenset({"CARD", "EMAIL", "IBAN", "PHONE", "SSN"})
"""Types of personal data that the engine knows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the ingestion function needs to know.

    Args:
        landing_bucket_name: Where contributors upload.
        trusted_bucket_name: Where originals and passages are locked.
        quarantine_bucket_name: Where documents are kept apart.
        manifest_bucket_name: Where provenance is locked.
        document_table_name: Where documents stand.
        knowledge_base_id: The knowledge base.
        data_source_id: Its data source on the trusted bucket.
        alert_topic_arn: Who has to know.
        max_document_bytes: Largest document, in bytes.
        max_pages: Most pages of a document.
        quarantined_personal_data: Types of personal data that keep a document out; the others are masked.
            Default: CARD, SSN.
    """

    landing_bucket_name: str
    trusted_bucket_name: str
    quarantine_bucket_name: str
    manifest_bucket_name: str
    document_table_name: str
    knowledge_base_id: str
    data_source_id: str
    alert_topic_arn: str
    max_document_bytes: int
    max_pages: int
    quarantined_personal_data: frozenset[str]

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Settings:
        """Read the variables named in capitals after the arguments.

        Raises:
            SettingsError: A variable is missing, empty, or not allowed.
        """
        read = FunctionEnvironment(environment, function="ingestion")
        return cls(
            landing_bucket_name=read.text("LANDING_BUCKET_NAME"),
            trusted_bucket_name=read.text("TRUSTED_BUCKET_NAME"),
            quarantine_bucket_name=read.text("QUARANTINE_BUCKET_NAME"),
            manifest_bucket_name=read.text("MANIFEST_BUCKET_NAME"),
            document_table_name=read.text("DOCUMENT_TABLE_NAME"),
            knowledge_base_id=read.text("KNOWLEDGE_BASE_ID"),
            data_source_id=read.text("DATA_SOURCE_ID"),
            alert_topic_arn=read.text("ALERT_TOPIC_ARN"),
            max_document_bytes=read.count("MAX_DOCUMENT_BYTES", least=1),
            max_pages=read.count("MAX_PAGES", least=1),
            quarantined_personal_data=_labels(environment.get("QUARANTINED_PERSONAL_DATA")),
        )


def _labels(value: str | None) -> frozenset[str]:
    if value is None:
        return QUARANTINED
    labels = frozenset(filter(None, (label.strip().upper() for label in value.split(","))))
    if not labels <= LABELS:
        raise SettingsError(
            f"QUARANTINED_PERSONAL_DATA is {value!r}. Allowed: {', '.join(sorted(LABELS))}, by commas. "
            "Set it on the ingestion function."
        )
    return labels
