"""The knowledge base: passages of what the user's tenant may read and what is published at this moment.

The vector store is asked with the tenant of the verified claim and believed nothing: whose a passage is and
whether it still stands is told by the passage's own address and by the register, never by the store alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol

from botocore.exceptions import BotoCoreError, ClientError

from chat.register import Document, is_sha256
from chat.retriever import Found, Passage
from function_environment.limits import PASSAGE_BYTES, text_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from chat.register import Register
    from chat.turn import Turn

SHARED: Final = "shared"
"""The tenant whose documents everybody may read."""
MAX_RESULTS: Final = 10
"""Most results that are asked for: some fall away when they are checked."""
MAX_PASSAGES: Final = 5
"""Most passages of one turn."""
PASSAGE_CHARS: Final = 2_000
"""Longest passage; a longer one is cut."""
QUERY_CHARS: Final = 2_000
"""A longer question is cut: an embedding gains nothing from more."""
UNAVAILABLE: Final = "RetrievalUnavailable"
"""Metric: a turn whose search did not answer, wholly or in part."""
REFUSED: Final = "PassagesRefused"
"""Metric: results that the store gave and that may not be seen."""
_ADDRESS: Final = re.compile(r"s3://[a-z0-9.-]{3,63}/passages/(?P<tenant>[^/]+)/(?P<sha256>[^/]+)\.txt")


class RetrieveClient(Protocol):
    """What is needed of ``bedrock-agent-runtime``."""

    def retrieve(self, **request: Any) -> Any:
        """Search a knowledge base."""
        ...


@dataclass(frozen=True, slots=True)
class _Result:
    document: Document
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnowledgeBase:
    """Finds passages by tenant.

    Args:
        client: Without retries.
        knowledge_base_id: Ten letters and digits.
        register: Says what is published.
        count: Adds to a metric.
    """

    client: RetrieveClient
    knowledge_base_id: str
    register: Register
    count: Callable[[str, int], None]

    def find(self, turn: Turn) -> Found:
        """Search for the turn's message among what its tenant may read.

        Whatever does not answer shows nothing, is counted, and makes the result incomplete; the turn goes on.
        """
        try:
            found = self._find(turn)
        except (BotoCoreError, ClientError, OSError, KeyError, TypeError, ValueError, AttributeError):
            found = Found(complete=False)
        if not found.complete:
            self.count(UNAVAILABLE, 1)
        return found

    def _find(self, turn: Turn) -> Found:
        readable = readable_by(turn.tenant)
        answers = self._ask(turn.message, readable)
        results = [one for answer in answers if (one := _checked(answer, readable)) is not None]
        documents = dict.fromkeys(one.document for one in results)
        published, complete = self.register.published(documents)
        passages = [
            Passage(one.text, published[one.document]) for one in results if one.document in published
        ]
        if refused := len(answers) - len(passages):
            self.count(REFUSED, refused)
        return Found(fitting(passages), complete)

    def _ask(self, message: str, readable: Sequence[str]) -> Sequence[Any]:
        answer = self.client.retrieve(
            knowledgeBaseId=self.knowledge_base_id,
            retrievalQuery={"text": message[:QUERY_CHARS]},
            retrievalConfiguration={
                "vectorSearchConfiguration": {
                    "numberOfResults": MAX_RESULTS,
                    "filter": {"in": {"key": "tenant", "value": list(readable)}},
                }
            },
        )
        return list(answer["retrievalResults"])[:MAX_RESULTS]


def readable_by(tenant: str | None) -> tuple[str, ...]:
    """Whose documents a user of a tenant may read.

    Args:
        tenant: From the verified claim; None without one.
    """
    return (SHARED,) if tenant in {None, SHARED} else (str(tenant), SHARED)


def _checked(answer: Any, readable: Sequence[str]) -> _Result | None:
    """A result whose metadata and address name the same document of a tenant that may be read."""
    try:
        metadata, text = answer["metadata"], answer["content"]["text"]
        document = Document(metadata["tenant"], metadata["sha256"])
        address = _ADDRESS.fullmatch(answer["location"]["s3Location"]["uri"])
    except (KeyError, TypeError):
        return None
    if address is None or document != Document(address["tenant"], address["sha256"]):
        return None
    if document.tenant not in readable or not is_sha256(document.sha256):
        return None
    return _Result(document, text) if isinstance(text, str) else None


def fitting(passages: Sequence[Passage]) -> Sequence[Passage]:
    """The first passages, each cut to its greatest length, that fit together."""
    kept: list[Passage] = []
    left = PASSAGE_BYTES
    for passage in passages:
        text = passage.text[:PASSAGE_CHARS]
        left -= text_bytes(text)
        if left < 0 or len(kept) == MAX_PASSAGES:
            break
        kept.append(Passage(text, passage.source))
    return kept
