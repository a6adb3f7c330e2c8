"""Search for the stand-in of a knowledge base: Bedrock's filters exactly, words in place of vectors.

An operator that is not known here, or a filter of another form, is an error: a filter that is passed over
would show one tenant what belongs to another.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeGuard

CHUNK_WORDS = 200
"""About 300 tokens, as Bedrock cuts by default."""
_WORD = re.compile(r"[^\W_]+")
_LEAST_OF_A_LIST = 2
# Common words of a question say nothing about what it asks for.
_STOP = frozenset(
    """
    a about all am an and any are as at be been but by can could do does did for from had has have hello
    how i if in is it its long many may me much must my no not of on or our please shall she should so
    some tell than that the their them then there these they this to us was we were what when where
    which who whom why will with would you your
    """.split()  # noqa: SIM905 - a list of 80 quoted words is harder to read
)
Metadata = Mapping[str, Any]


class FilterError(ValueError):
    """Bedrock would not take this filter, or the stand-in does not know it."""


@dataclass(frozen=True)
class Chunk:
    """A passage.

    Attributes:
        uri: Of its document.
        text: The passage.
        metadata: Attributes of the document.
    """

    uri: str
    text: str
    metadata: Metadata


def chunks_of(uri: str, text: str, metadata: Metadata) -> list[Chunk]:
    """A document in pieces of `CHUNK_WORDS` words, with the blanks and lines between them."""
    words = re.findall(r"\S+\s*", text)
    pieces = ["".join(words[at : at + CHUNK_WORDS]).strip() for at in range(0, len(words), CHUNK_WORDS)]
    return [Chunk(uri, piece, metadata) for piece in pieces]


def _is_list(value: object) -> TypeGuard[list[Any]]:
    return isinstance(value, list)


def _is_object(value: object) -> TypeGuard[dict[str, Any]]:
    return isinstance(value, dict)


def _ordered(compare: Callable[[float, float], bool]) -> Callable[[Any, Any], bool]:
    def match(actual: Any, value: Any) -> bool:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise FilterError("this comparison takes a number")
        number = isinstance(actual, int | float) and not isinstance(actual, bool)
        return number and compare(actual, value)

    return match


def _same(actual: Any, value: Any) -> bool:
    return type(actual) is type(value) and bool(actual == value)


def _among(actual: Any, value: Any) -> bool:
    if not _is_list(value):
        raise FilterError("in and notIn take a list")
    return any(_same(actual, one) for one in value)


_LEAVES: Mapping[str, Callable[[Any, Any], bool]] = {
    "equals": _same,
    "notEquals": lambda actual, value: not _same(actual, value),
    "in": _among,
    "notIn": lambda actual, value: not _among(actual, value),
    "greaterThan": _ordered(lambda actual, value: actual > value),
    "greaterThanOrEquals": _ordered(lambda actual, value: actual >= value),
    "lessThan": _ordered(lambda actual, value: actual < value),
    "lessThanOrEquals": _ordered(lambda actual, value: actual <= value),
}
_NEGATIVE = {"notEquals", "notIn"}


def matches(wanted: Any, metadata: Metadata) -> bool:
    """Whether a document's attributes fulfil a `RetrievalFilter`.

    Args:
        wanted: The filter: exactly one operator, with a key and a value, or with at least two filters.
        metadata: The attributes. One that is missing fulfils the negations only.

    Raises:
        FilterError: The filter has another form, or an operator that is not known here.
    """
    if not _is_object(wanted) or len(wanted) != 1:
        raise FilterError("a filter has exactly one operator")
    ((operator, operand),) = wanted.items()
    if operator in {"andAll", "orAll"}:
        if not _is_list(operand) or len(operand) < _LEAST_OF_A_LIST:
            raise FilterError(f"{operator} takes at least two filters")
        # All of them, so that a faulty one is found whatever the others say.
        verdicts = [matches(one, metadata) for one in operand]
        return all(verdicts) if operator == "andAll" else any(verdicts)
    if operator not in _LEAVES:
        raise FilterError(f"the stand-in does not know the operator {operator}")
    if not _is_object(operand) or set(operand) != {"key", "value"}:
        raise FilterError(f"{operator} takes a key and a value")
    key, value = operand["key"], operand["value"]
    verdict = _LEAVES[operator](metadata.get(key), value)
    return verdict if key in metadata else operator in _NEGATIVE


def _words(text: str) -> list[str]:
    return [word for word in _WORD.findall(text.casefold()) if word not in _STOP]


def ranked(query: str, chunks: Sequence[Chunk]) -> list[tuple[float, Chunk]]:
    """The passages that share a word with the query, best first; rare words count more.

    Args:
        query: The question.
        chunks: What may be found.

    Returns:
        Scores above 0, at most 1, each with its passage.
    """
    asked = set(_words(query))
    found = [(set(_words(chunk.text)), chunk) for chunk in chunks]
    weight = _weights(words for words, _ in found)
    most = sum(weight(word) for word in asked)
    scored = [(sum(weight(word) for word in asked & words) / most, chunk) for words, chunk in found if most]
    return sorted(((score, chunk) for score, chunk in scored if score > 0), key=lambda one: -one[0])


def _weights(texts: Iterable[set[str]]) -> Callable[[str], float]:
    """How much a word tells: the fewer passages have it, the more."""
    listed = list(texts)
    having = Counter(word for words in listed for word in words)
    return lambda word: math.log(1 + (len(listed) + 1) / (having[word] + 1))
