"""Builds the flow once per process, when the first batch comes and not at import."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import Any, Final

import boto3
from botocore.config import Config

from document_records import DocumentTable, KnowledgeBase, Passages
from document_screen import DocumentScreen
from document_text import Limits, extract
from guardrail_engine import Engine
from ingestion.alerts import AlertTopic
from ingestion.buckets import LandingBucket, ManifestBucket, QuarantineBucket, TrustedBucket
from ingestion.flow import Ingestion, Ports
from ingestion.judge import Judge
from ingestion.settings import Settings
from ingestion.waiting import WaitingRoom

# Every call may be made again: the queue repeats what failed.
_CALLS: Final[dict[str, Any]] = {
    "connect_timeout": 1,
    "read_timeout": 20,
    "retries": {"total_max_attempts": 3, "mode": "standard"},
}
# The stubs know only the installed services, and strict pyright counts the others as unknown.
_boto3: Any = boto3


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process.

    Raises:
        SettingsError: The environment is not complete; nothing is cached then.
    """
    return Settings.from_environment(os.environ)


@lru_cache(maxsize=1)
def waiting() -> WaitingRoom:
    """What waits in the landing bucket.

    Raises:
        SettingsError: The environment is not complete; nothing is cached then.
    """
    return WaitingRoom(_boto3.client("s3", config=Config(**_CALLS)), settings().landing_bucket_name)


@lru_cache(maxsize=1)
def ingestion() -> Ingestion:
    """The flow of this process.

    Raises:
        SettingsError: The environment is not complete; nothing is cached then.
    """
    found = settings()
    s3 = _boto3.client("s3", config=Config(**_CALLS))
    bedrock = _boto3.client("bedrock-agent", config=Config(**_CALLS))
    return Ingestion(
        ports=Ports(
            landing=LandingBucket(s3),
            trusted=TrustedBucket(s3, found.trusted_bucket_name),
            passages=Passages(s3, found.trusted_bucket_name),
            quarantine=QuarantineBucket(s3, found.quarantine_bucket_name),
            manifests=ManifestBucket(s3, found.manifest_bucket_name),
            records=DocumentTable(
                _boto3.client("dynamodb", config=Config(**_CALLS)), found.document_table_name
            ),
            knowledge=KnowledgeBase(
                bedrock, found.knowledge_base_id, found.data_source_id, found.trusted_bucket_name
            ),
            alerts=AlertTopic(_boto3.client("sns", config=Config(**_CALLS)), found.alert_topic_arn),
        ),
        judge=Judge(
            Limits(document_bytes=found.max_document_bytes, pages=found.max_pages),
            DocumentScreen(Engine(), found.quarantined_personal_data),
            extract,
        ),
        max_bytes=found.max_document_bytes,
    )
