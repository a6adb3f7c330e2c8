"""A stand-in for a Bedrock knowledge base: the passages in the emulator's S3, found by words.

The emulator keeps knowledge bases and data sources, but indexes no document that is handed over one by one
and passes filters over that it does not know. This one reads each document with the rights of the knowledge
base's role, keeps it until it is deleted, and answers Retrieve. Who may ask is IAM's business, before it.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, cast
from urllib.parse import urlsplit

from genai_defense.local.clients import emulator_module
from genai_defense.local.passage_search import Chunk, FilterError, chunks_of, matches, ranked
from genai_defense.local.service_role import may

Answer = tuple[int, dict[str, str], bytes]
_METADATA = ".metadata.json"
_MOST_DOCUMENTS = 25
"""Of one request (quotas of direct ingestion, read 2026-11-24)."""
_MOST_RESULTS = 100


class DocumentError(ValueError):
    """A document cannot be indexed; the text is the reason that its status tells."""


@dataclass
class _Entry:
    status: str = "INDEXED"
    reason: str = ""
    chunks: list[Chunk] = field(default_factory=list[Chunk])
    updated: str = field(default_factory=lambda: datetime.now(UTC).isoformat())


# Knowledge base and data source to address to document.
INDEX: dict[tuple[str, str], dict[str, _Entry]] = {}


def _kept() -> tuple[Any, Any]:
    """The emulator's knowledge bases and data sources."""
    service = emulator_module("services.bedrock_agent")
    return service._knowledge_bases, service._data_sources  # noqa: SLF001 - patches_documents.py checks


def _answer(content: Mapping[str, Any], status: int = 200) -> Answer:
    return status, {"Content-Type": "application/json"}, json.dumps(content).encode()


def _fault(kind: str, message: str, status: int = 400) -> Answer:
    headers = {"Content-Type": "application/json", "x-amzn-errortype": kind}
    return status, headers, json.dumps({"__type": kind, "message": message}).encode()


def _body(body: bytes) -> dict[str, Any]:
    return cast("dict[str, Any]", json.loads(body or b"{}"))


@dataclass(frozen=True)
class _Source:
    """A data source and the role that reads it."""

    knowledge_base: str
    data_source: str
    role: str
    bucket: str
    prefixes: tuple[str, ...]

    @property
    def index(self) -> dict[str, _Entry]:
        return INDEX.setdefault((self.knowledge_base, self.data_source), {})

    def take(self, uri: str, metadata_uri: str | None) -> _Entry:
        """Index one document anew. A failure is told by its status, and leaves nothing to be found."""
        try:
            text, metadata = self._read(uri), self._metadata(metadata_uri)
            entry = _Entry(chunks=chunks_of(uri, text, metadata))
        except (DocumentError, ValueError) as error:
            entry = _Entry("FAILED", str(error))
        self.index[uri] = entry
        return entry

    def _read(self, uri: str) -> str:
        parts = urlsplit(uri)
        key = parts.path.lstrip("/")
        if parts.netloc != self.bucket or not key.startswith(self.prefixes or ("",)):
            raise DocumentError("the document lies outside of the data source")
        if not may(self.role, "s3:GetObject", f"arn:aws:s3:::{self.bucket}/{key}"):
            raise DocumentError("the knowledge base's role may not read the document")
        content: bytes | None = emulator_module("services.s3")._get_object_data(self.bucket, key)  # noqa: SLF001 - patches_documents.py checks
        if content is None:
            raise DocumentError("there is no such document")
        return content.decode()

    def _metadata(self, uri: str | None) -> dict[str, Any]:
        attributes: Any = json.loads(self._read(uri))["metadataAttributes"] if uri else {}
        plain = {str, int, float, bool}
        if not isinstance(attributes, dict) or not all(
            type(value) in plain for value in cast("dict[str, Any]", attributes).values()
        ):
            raise DocumentError("metadata attributes are texts, numbers and booleans here")
        return cast("dict[str, Any]", attributes)

    def detail(self, uri: str, entry: _Entry) -> dict[str, Any]:
        """A document as the API tells of it."""
        reason = {"statusReason": entry.reason} if entry.reason else {}
        return {
            "knowledgeBaseId": self.knowledge_base,
            "dataSourceId": self.data_source,
            "status": entry.status,
            "identifier": {"dataSourceType": "S3", "s3": {"uri": uri}},
            "updatedAt": entry.updated,
            **reason,
        }


def _source(knowledge_base: str, data_source: str) -> _Source | None:
    bases, sources = _kept()
    base, source = bases.get(knowledge_base), sources.get(f"{knowledge_base}/{data_source}")
    if base is None or source is None:
        return None
    s3: dict[str, Any] = source["DataSourceConfiguration"]["s3Configuration"]
    return _Source(
        knowledge_base,
        data_source,
        base["RoleArn"],
        str(s3["bucketArn"]).rsplit(":", 1)[-1],
        tuple(s3.get("inclusionPrefixes", ())),
    )


def _no_source() -> Answer:
    return _fault("ResourceNotFoundException", "there is no such data source", 404)


def ingest(knowledge_base: str, data_source: str, body: bytes) -> Answer:
    """IngestKnowledgeBaseDocuments: documents in S3, their metadata in S3."""
    source, documents = _source(knowledge_base, data_source), _body(body).get("documents", [])
    if source is None:
        return _no_source()
    if not 1 <= len(documents) <= _MOST_DOCUMENTS:
        return _fault("ValidationException", f"1 to {_MOST_DOCUMENTS} documents at once")
    addresses: list[tuple[str, str | None]] = []
    for document in documents:
        metadata = document.get("metadata")
        if document["content"].get("dataSourceType") != "S3" or (
            metadata is not None and metadata.get("type") != "S3_LOCATION"
        ):
            return _fault("ValidationException", "the stand-in takes documents and metadata in S3 only")
        addresses.append(
            (document["content"]["s3"]["s3Location"]["uri"], metadata and metadata["s3Location"]["uri"])
        )
    for uri, metadata_uri in addresses:
        source.take(uri, metadata_uri)
    # AWS indexes afterwards; here it is done, and GetKnowledgeBaseDocuments tells how it ended.
    accepted = [source.detail(uri, _Entry("STARTING")) for uri, _ in addresses]
    return _answer({"documentDetails": accepted}, 202)


def _addressed(body: bytes) -> Iterator[str]:
    for identifier in _body(body).get("documentIdentifiers", []):
        yield identifier["s3"]["uri"]


def told(knowledge_base: str, data_source: str, body: bytes) -> Answer:
    """GetKnowledgeBaseDocuments."""
    source = _source(knowledge_base, data_source)
    if source is None:
        return _no_source()
    unknown = _Entry("NOT_FOUND")
    details = [source.detail(uri, source.index.get(uri, unknown)) for uri in _addressed(body)]
    return _answer({"documentDetails": details})


def delete(knowledge_base: str, data_source: str, body: bytes) -> Answer:
    """DeleteKnowledgeBaseDocuments: they are gone at once; one that was not there is NOT_FOUND."""
    source = _source(knowledge_base, data_source)
    if source is None:
        return _no_source()
    details = [
        source.detail(uri, _Entry("DELETING" if source.index.pop(uri, None) else "NOT_FOUND"))
        for uri in _addressed(body)
    ]
    return _answer({"documentDetails": details}, 202)


def synchronize(knowledge_base: str, data_source: str, _record: object) -> tuple[dict[str, int], list[str]]:
    """An ingestion job: what is in the bucket is indexed, what no longer is falls out.

    Returns:
        The job's statistics, and why documents failed.
    """
    source = _source(knowledge_base, data_source)
    if source is None:
        return {}, ["there is no such data source"]
    bucket: dict[str, Any] = emulator_module("services.s3")._buckets.get(source.bucket) or {"objects": {}}  # noqa: SLF001 - patches_documents.py checks
    keys: set[str] = {key for key in bucket["objects"] if key.startswith(source.prefixes or ("",))}
    documents = {f"s3://{source.bucket}/{key}": key for key in keys if not key.endswith(_METADATA)}
    before = set(source.index)
    for uri, key in sorted(documents.items()):
        source.take(uri, f"{uri}{_METADATA}" if f"{key}{_METADATA}" in keys else None)
    for uri in before - documents.keys():
        del source.index[uri]
    failed = {uri: entry for uri, entry in source.index.items() if entry.status == "FAILED"}
    statistics = {
        "NumberOfDocumentsScanned": len(documents),
        "NumberOfNewDocumentsIndexed": len(documents.keys() - before - failed.keys()),
        "NumberOfModifiedDocumentsIndexed": len(documents.keys() & before - failed.keys()),
        "NumberOfDocumentsDeleted": len(before - documents.keys()),
        "NumberOfDocumentsFailed": len(failed),
        "NumberOfMetadataDocumentsScanned": len(keys) - len(documents),
        "NumberOfMetadataDocumentsModified": 0,
    }
    return statistics, [f"{uri}: {entry.reason}" for uri, entry in failed.items()]


def _chunks(knowledge_base: str) -> Iterable[Chunk]:
    for (base, _), entries in INDEX.items():
        if base == knowledge_base:
            for entry in entries.values():
                yield from entry.chunks


def retrieve(knowledge_base: str, body: bytes) -> Answer:
    """Retrieve: the passages that fulfil the filter and share words with the question."""
    bases, _ = _kept()
    if knowledge_base not in bases:
        return _fault("ResourceNotFoundException", "there is no such knowledge base", 404)
    request = _body(body)
    search = request.get("retrievalConfiguration", {}).get("vectorSearchConfiguration", {})
    most, query = search.get("numberOfResults", 5), request["retrievalQuery"].get("text", "")
    if unknown := search.keys() - {"numberOfResults", "filter"}:
        return _fault("ValidationException", f"the stand-in does not know {', '.join(sorted(unknown))}")
    if not 1 <= most <= _MOST_RESULTS:
        return _fault("ValidationException", f"numberOfResults is 1 to {_MOST_RESULTS}")
    try:
        # Also without any document a faulty filter is one.
        if "filter" in search:
            matches(search["filter"], {})
        seen = [
            chunk
            for chunk in _chunks(knowledge_base)
            if "filter" not in search or matches(search["filter"], chunk.metadata)
        ]
    except FilterError as error:
        return _fault("ValidationException", str(error))
    return _answer({"retrievalResults": [_result(*one) for one in ranked(query, seen)[:most]]})


def _result(score: float, chunk: Chunk) -> dict[str, Any]:
    return {
        "content": {"type": "TEXT", "text": chunk.text},
        "location": {"type": "S3", "s3Location": {"uri": chunk.uri}},
        "metadata": {**chunk.metadata, "x-amz-bedrock-kb-source-uri": chunk.uri},
        "score": round(score, 4),
    }
