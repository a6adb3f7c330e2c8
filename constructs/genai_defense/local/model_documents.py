"""How the stand-in model uses documents: it answers from what it is given, and obeys orders in it as well."""

import re

_FENCED = re.compile(r"<(data-[a-z]+)>\n(?P<text>.*?)\n</\1>\n?", re.DOTALL)
_MARKS = re.compile("[\ue000-\uf8ff]")
_SENTENCES = re.compile(r"(?<=[.!?])\s+|\n+")
_WORD = re.compile(r"[^\W_]{4,}")
_LEAST_SHARED = 2


def split(message: str) -> tuple[str, list[str]]:
    """A message as it comes: the question, and the documents beside it without fences and marks."""
    documents = [_MARKS.sub(" ", found["text"]).strip() for found in _FENCED.finditer(message)]
    return _FENCED.sub("", message).strip(), documents


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold()))


def answer_from(question: str, documents: list[str]) -> str | None:
    """The sentence of a document that shares most words with the question; None when none shares two."""
    asked = _words(question)
    sentences = [one.strip() for text in documents for one in _SENTENCES.split(text) if one.strip()]
    best = max(sentences, key=lambda one: len(asked & _words(one)), default="")
    return f"The documents say: {best}" if len(asked & _words(best)) >= _LEAST_SHARED else None
