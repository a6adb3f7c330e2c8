"""What the steps about documents need: the pipeline's stores, and a look behind."""

import hashlib
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar
from urllib.parse import quote

from genai_defense.local.demo_documents import Upload
from genai_defense.local.deployment import Deployment

T = TypeVar("T")
_PATIENCE_SECONDS = 90.0
_SCANNING = "scanning"


def sha_of(content: bytes) -> str:
    """The digest by which a document is known."""
    return hashlib.sha256(content).hexdigest()


def awaited(look: Callable[[], T | None]) -> T | None:
    """What a look finds, as soon as it finds something; None when time runs out."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while (found := look()) is None and time.monotonic() < deadline:
        time.sleep(0.2)
    return found


@dataclass(frozen=True)
class DocumentStage:
    """The deployed way of documents, as an operator sees it.

    Attributes:
        deployment: The chatbot.
        ingestion: Name of the function that examines.
        withdrawal: Name of the function that withdraws.
        names: Environment of the former: buckets, table, knowledge base, limits.
    """

    deployment: Deployment
    ingestion: str
    withdrawal: str
    names: Mapping[str, str]

    @cached_property
    def s3(self) -> Any:
        """S3 with the operator's rights."""
        return self.deployment.client("s3")

    def put(self, upload: Upload) -> str:
        """Upload a document; its version."""
        answer = self.s3.put_object(
            Bucket=self.names["LANDING_BUCKET_NAME"],
            Key=f"{upload.tenant}/{upload.name}",
            Body=upload.make(int(self.names["MAX_DOCUMENT_BYTES"])),
        )
        return str(answer["VersionId"])

    def row(self, tenant: str, sha256: str) -> dict[str, str]:
        """Where a document stands; empty when nobody has seen it."""
        answer = self.deployment.client("dynamodb").get_item(
            TableName=self.names["DOCUMENT_TABLE_NAME"],
            Key={"document": {"S": f"{tenant}#{sha256}"}},
            ConsistentRead=True,
        )
        return {name: value["S"] for name, value in answer.get("Item", {}).items()}

    def published(self, upload: Upload) -> dict[str, str] | None:
        """The row of an upload, once it is published; None when it does not come to that."""
        sha256 = sha_of(upload.make(int(self.names["MAX_DOCUMENT_BYTES"])))

        def look() -> dict[str, str] | None:
            row = self.row(upload.tenant, sha256)
            return row if row.get("status", _SCANNING) != _SCANNING else None

        return awaited(look)

    def quarantined(self, tenant: str, name: str) -> dict[str, str] | None:
        """The row of the document in quarantine under a file name, once it is there."""
        ending = f"/{quote(name)}"

        def look() -> dict[str, str] | None:
            keys = [key for key in self.keys("QUARANTINE_BUCKET_NAME", f"{tenant}/") if key.endswith(ending)]
            row = self.row(tenant, keys[0].split("/")[1]) if keys else {}
            return row if row.get("status", _SCANNING) != _SCANNING else None

        return awaited(look)

    def keys(self, bucket: str, prefix: str) -> list[str]:
        """Keys that are visible in one of the buckets, by the name of its variable."""
        listed = self.s3.list_objects_v2(Bucket=self.names[bucket], Prefix=prefix).get("Contents", [])
        return [entry["Key"] for entry in listed]

    def versions(self, bucket: str, prefix: str) -> list[tuple[str, str]]:
        """Key and id of every version below a prefix, with the delete markers."""
        listed = self.s3.list_object_versions(Bucket=self.names[bucket], Prefix=prefix)
        return [
            (entry["Key"], entry["VersionId"])
            for entry in (*listed.get("Versions", []), *listed.get("DeleteMarkers", []))
        ]

    def verdict(self, tenant: str, sha256: str) -> str:
        """What the manifest of a document says."""
        keys = self.keys("MANIFEST_BUCKET_NAME", f"manifests/{tenant}/{sha256}/")
        if not keys:
            return "no manifest"
        body = self.s3.get_object(Bucket=self.names["MANIFEST_BUCKET_NAME"], Key=keys[0])["Body"].read()
        return str(json.loads(body)["verdict"])

    def withdraw(self, sha256: str, reason: str) -> dict[str, Any]:
        """Withdraw a document as an operator."""
        functions = self.deployment.client("lambda")
        request = json.dumps({"sha256": sha256, "reason": reason}).encode()
        answer = functions.invoke(FunctionName=self.withdrawal, Payload=request)
        told: dict[str, Any] = json.loads(answer["Payload"].read())
        return told

    def send_again(self, event: Mapping[str, Any], times: int) -> None:
        """Put a scan result into the pipeline's queue, and wait until it was taken."""
        functions, queues = self.deployment.client("lambda"), self.deployment.client("sqs")
        (mapping,) = functions.list_event_source_mappings(FunctionName=self.ingestion)["EventSourceMappings"]
        url = queues.get_queue_url(QueueName=mapping["EventSourceArn"].rsplit(":", 1)[-1])["QueueUrl"]
        for _ in range(times):
            queues.send_message(QueueUrl=url, MessageBody=json.dumps(dict(event)))
        names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]

        def look() -> bool | None:
            waiting = queues.get_queue_attributes(QueueUrl=url, AttributeNames=names)["Attributes"]
            return True if not any(int(waiting[name]) for name in names) else None

        awaited(look)

    def slip_in(self, tenant: str, text: str) -> str:
        """Publish a passage past the examination, as an operator could; its digest."""
        sha256, names = sha_of(text.encode()), self.names
        key = f"passages/{tenant}/{sha256}.txt"
        facts = {"tenant": tenant, "sha256": sha256, "title": "Slipped in", "uri": f"s3://x/{sha256}"}
        bucket = names["TRUSTED_BUCKET_NAME"]
        self.s3.put_object(Bucket=bucket, Key=key, Body=text.encode())
        metadata = json.dumps({"metadataAttributes": facts}).encode()
        self.s3.put_object(Bucket=bucket, Key=f"{key}.metadata.json", Body=metadata)
        uri = f"s3://{bucket}/{key}"
        document = {
            "content": {"dataSourceType": "S3", "s3": {"s3Location": {"uri": uri}}},
            "metadata": {"type": "S3_LOCATION", "s3Location": {"uri": f"{uri}.metadata.json"}},
        }
        base = {"knowledgeBaseId": names["KNOWLEDGE_BASE_ID"], "dataSourceId": names["DATA_SOURCE_ID"]}
        agent = self.deployment.client("bedrock-agent")
        agent.ingest_knowledge_base_documents(**base, documents=[document])
        row = {"document": f"{tenant}#{sha256}", "status": "published", **facts}
        item = {name: {"S": value} for name, value in row.items()}
        self.deployment.client("dynamodb").put_item(TableName=names["DOCUMENT_TABLE_NAME"], Item=item)
        return sha256


def find_stage(deployment: Deployment) -> DocumentStage | None:
    """The way of documents of a deployment; None when its profile has none."""
    functions = deployment.client("lambda").list_functions()["Functions"]
    by_handler = {function["Handler"]: function for function in functions}
    examines = by_handler.get("ingestion.handler.handler")
    withdraws = by_handler.get("withdrawal.handler.handler")
    if examines is None or withdraws is None:
        return None
    names = examines["Environment"]["Variables"]
    return DocumentStage(deployment, examines["FunctionName"], withdraws["FunctionName"], names)
