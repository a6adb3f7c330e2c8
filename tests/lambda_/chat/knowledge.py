"""A vector store that gives whatever it is told to, and a register, for the tests of retrieval."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from chat.knowledge import KnowledgeBase
from chat.register import Register

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

BUCKET = "trusted-documents"


def sha_of(name: str) -> str:
    """A digest, the same for the same name."""
    return hashlib.sha256(name.encode()).hexdigest()


def result(
    tenant: str, name: str, text: str | None = None, metadata: dict[str, Any] | None = None
) -> dict[str, Any]:
    """A result as the store gives it; metadata can be made wrong."""
    return {
        "content": {"type": "TEXT", "text": f"{name} of {tenant}" if text is None else text},
        "location": {
            "type": "S3",
            "s3Location": {"uri": f"s3://{BUCKET}/passages/{tenant}/{sha_of(name)}.txt"},
        },
        "score": 0.5,
        "metadata": {"tenant": tenant, "sha256": sha_of(name), "title": "of the store"} | (metadata or {}),
    }


def row(
    tenant: str, name: str, status: str = "published", changes: dict[str, str] | None = None
) -> dict[str, dict[str, str]]:
    """A row of the register."""
    fields = {
        "document": f"{tenant}#{sha_of(name)}",
        "tenant": tenant,
        "sha256": sha_of(name),
        "status": status,
        "title": name,
        "uri": f"s3://{BUCKET}/originals/{tenant}/{sha_of(name)}/{name}",
    }
    return {key: {"S": value} for key, value in (fields | (changes or {})).items()}


@dataclass
class World:
    """Store and register, both in the hands of the test.

    Attributes:
        results: What the store gives, whatever it is asked.
        rows: What the register holds.
        unprocessed: How many times the register leaves the last key unprocessed.
        left_for_good: A key that it never processes.
        error: What the store raises.
        register_error: What the register raises.
        questions, looked_up: What was asked.
        counted: Metrics.
    """

    results: list[Any] = field(default_factory=list[Any])
    rows: list[dict[str, dict[str, str]]] = field(default_factory=list[dict[str, dict[str, str]]])
    unprocessed: int = 0
    left_for_good: str | None = None
    error: Exception | None = None
    register_error: Exception | None = None
    questions: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    looked_up: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    counted: dict[str, int] = field(default_factory=dict[str, int])

    def retrieve(self, **request: Any) -> dict[str, Any]:
        """Stands for the store."""
        self.questions.append(request)
        if self.error:
            raise self.error
        return {"retrievalResults": self.results}

    def batch_get_item(self, **request: Any) -> dict[str, Any]:
        """Stands for DynamoDB."""
        ((table, asked),) = request["RequestItems"].items()
        self.looked_up.append(asked)
        if self.register_error:
            raise self.register_error
        keys = [key["document"]["S"] for key in asked["Keys"]]
        left = [key for key in keys if key == self.left_for_good]
        keys = [key for key in keys if key not in left]
        if self.unprocessed:
            left.append(keys.pop())
        self.unprocessed = max(0, self.unprocessed - 1)
        again = {table: asked | {"Keys": [{"document": {"S": key}} for key in left]}} if left else {}
        found = [one for one in self.rows if one["document"]["S"] in keys]
        return {"Responses": {table: found}, "UnprocessedKeys": again}

    def count(self, name: str, value: int) -> None:
        """Stands for the metrics."""
        self.counted[name] = self.counted.get(name, 0) + value

    def knowledge_base(self) -> KnowledgeBase:
        """What is under test."""
        return KnowledgeBase(
            client=self,
            knowledge_base_id="KB12345678",
            register=Register(cast("DynamoDBClient", self), "documents"),
            count=self.count,
        )
