"""The function in the embedded AWS: real buckets and table, a knowledge base and a topic that remember."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

import pytest

from ingestion import runtime
from ingestion.buckets import SCAN_TAG

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_s3 import S3Client

BUCKETS = ("landing", "trusted", "quarantine", "manifest")
TABLE = "documents"


class KnowledgeBaseClient:
    """Remembers passages by their address, as the service takes them."""

    def __init__(self) -> None:
        self.held: dict[str, str] = {}
        self.status = "STARTING"

    def ingest_knowledge_base_documents(self, *, documents: list[dict[str, Any]], **_: str) -> dict[str, Any]:
        for document in documents:
            uri = document["content"]["s3"]["s3Location"]["uri"]
            self.held[uri] = document["metadata"]["s3Location"]["uri"]
        return {"documentDetails": [{"status": self.status} for _ in documents]}

    def delete_knowledge_base_documents(self, **arguments: Any) -> dict[str, Any]:
        identifiers: list[dict[str, Any]] = arguments["documentIdentifiers"]
        for identifier in identifiers:
            self.held.pop(identifier["s3"]["uri"], None)
        return {"documentDetails": [{"status": "DELETING"} for _ in identifiers]}


class TopicClient:
    """Remembers messages."""

    def __init__(self) -> None:
        self.messages: list[dict[str, Any]] = []

    def publish(self, *, Message: str, **_: str) -> None:  # noqa: N803 - boto3's name
        self.messages.append(json.loads(Message))


@dataclass
class Site:
    """What a test does at the deployed function's borders."""

    s3: S3Client
    dynamodb: DynamoDBClient
    names: dict[str, str]
    table: str
    knowledge: KnowledgeBaseClient = field(default_factory=KnowledgeBaseClient)
    topic: TopicClient = field(default_factory=TopicClient)

    def upload(
        self, key: str, data: bytes, scan: str = "NO_THREATS_FOUND", **metadata: str
    ) -> dict[str, Any]:
        """Upload, scan and tag; gives the queue's record."""
        bucket = self.names["landing"]
        put = self.s3.put_object(Bucket=bucket, Key=key, Body=data, Metadata=metadata)
        version = put["VersionId"]
        self.s3.put_object_tagging(
            Bucket=bucket, Key=key, VersionId=version, Tagging={"TagSet": [{"Key": SCAN_TAG, "Value": scan}]}
        )
        detail = {
            "schemaVersion": "1.0",
            "scanStatus": "COMPLETED",
            "resourceType": "S3_OBJECT",
            "s3ObjectDetails": {
                "bucketName": bucket,
                "objectKey": key,
                "eTag": put["ETag"].strip('"'),
                "versionId": version,
            },
            "scanResultDetails": {"scanResultStatus": scan, "threats": None},
        }
        event = {
            "source": "aws.guardduty",
            "detail-type": "GuardDuty Malware Protection Object Scan Result",
            "detail": detail,
        }
        return {"messageId": f"message-{version}", "body": json.dumps(event)}

    def keys(self, bucket: str) -> list[str]:
        """What a bucket shows."""
        answer = self.s3.list_objects_v2(Bucket=self.names[bucket])
        return [entry.get("Key", "") for entry in answer.get("Contents", [])]

    def text(self, bucket: str, key: str) -> str:
        """Content of an object."""
        return self.s3.get_object(Bucket=self.names[bucket], Key=key)["Body"].read().decode()

    def rows(self) -> dict[str, dict[str, str]]:
        """The table."""
        items = cast("list[dict[str, Any]]", self.dynamodb.scan(TableName=self.table)["Items"])
        return {
            item["document"]["S"]: {name: str(value["S"]) for name, value in item.items()} for item in items
        }


@pytest.fixture
def site(
    embedded_aws: str,
    build_client: Callable[..., Any],
    dynamodb: DynamoDBClient,
    aws_environment: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> Iterator[Site]:
    """The function's surroundings, and its environment set."""
    s3: S3Client = build_client("s3", endpoint_url=embedded_aws)
    suffix = f"{abs(hash(request.node.nodeid)):x}"
    names = {name: f"{name}-{suffix}" for name in BUCKETS}
    for bucket in names.values():
        s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
        s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    table = f"{TABLE}-{suffix}"
    _create_table(dynamodb, table)
    found = Site(s3, dynamodb, names, table)
    for name, bucket in names.items():
        aws_environment.setenv(f"{name.upper()}_BUCKET_NAME", bucket)
    for name, value in {
        "DOCUMENT_TABLE_NAME": table,
        "KNOWLEDGE_BASE_ID": "KB12345678",
        "DATA_SOURCE_ID": "DS12345678",
        "ALERT_TOPIC_ARN": "arn:aws:sns:eu-central-1:123456789012:alerts",
        "MAX_DOCUMENT_BYTES": "1000000",
        "MAX_PAGES": "20",
        "POWERTOOLS_TRACE_DISABLED": "true",
    }.items():
        aws_environment.setenv(name, value)
    clients = {"s3": s3, "dynamodb": dynamodb, "bedrock-agent": found.knowledge, "sns": found.topic}
    aws_environment.setattr(runtime, "_boto3", _Boto3(clients))
    runtime.settings.cache_clear()
    runtime.ingestion.cache_clear()
    yield found
    dynamodb.delete_table(TableName=table)
    runtime.settings.cache_clear()
    runtime.ingestion.cache_clear()


class _Boto3:
    def __init__(self, clients: dict[str, Any]) -> None:
        self._clients = clients

    def client(self, service: str, **_: Any) -> Any:
        return self._clients[service]


def _create_table(dynamodb: DynamoDBClient, name: str) -> None:
    dynamodb.create_table(
        TableName=name,
        BillingMode="PAY_PER_REQUEST",
        KeySchema=[{"AttributeName": "document", "KeyType": "HASH"}],
        AttributeDefinitions=cast(
            "Any",
            [{"AttributeName": key, "AttributeType": "S"} for key in ("document", "sha256")],
        ),
        GlobalSecondaryIndexes=[
            {
                "IndexName": "by_sha256",
                "KeySchema": [{"AttributeName": "sha256", "KeyType": "HASH"}],
                "Projection": {"ProjectionType": "ALL"},
            }
        ],
    )
