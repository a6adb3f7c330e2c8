"""How much text one request may hold, and how many tokens it reserves: what both functions must agree on.

Free of AWS, so that the constructs can ask whether a quota allows a request at all.
"""

from __future__ import annotations

from typing import Final

MESSAGE_CHARS: Final = 4000
"""Longest message, in characters; API Gateway's model must say the same."""
MESSAGE_BYTES: Final = 4 * MESSAGE_CHARS
"""The same in bytes: UTF-8 writes no character in more than four."""
HISTORY_BYTES: Final = 12_000
"""Most UTF-8 bytes of earlier turns that the chat function sends to the model."""
PASSAGE_BYTES: Final = 8_000
"""Most UTF-8 bytes of documents that it sends along."""
PROMPT_OVERHEAD_TOKENS: Final = 200
"""The system prompt with its marker."""
_BYTES_PER_TOKEN: Final = 3


def text_bytes(text: str) -> int:
    """Length of a text in bytes of UTF-8; a lone surrogate counts three."""
    return len(text.encode("utf-8", "surrogatepass"))


def reserved_tokens(message_bytes: int, max_output_tokens: int) -> int:
    """Tokens that one request takes from the quota until it is known what it spent.

    An estimate, high for most texts, and no bound: system prompt, message, the longest history and the most
    of documents, at one token in three bytes of UTF-8, and the longest answer. What was really spent replaces
    it, so a text that costs more counts against the next request.

    Args:
        message_bytes: Length of the message in bytes, at most ``MESSAGE_BYTES``.
        max_output_tokens: Most tokens of the answer.
    """
    text = (message_bytes + HISTORY_BYTES + PASSAGE_BYTES) // _BYTES_PER_TOKEN
    return PROMPT_OVERHEAD_TOKENS + text + max_output_tokens
