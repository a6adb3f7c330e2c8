"""Why a document is not read: typed, each with the sentence that its contributor gets."""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping


class Refusal(StrEnum):
    """The reasons; their ids stand in manifests and alerts."""

    NAME_NOT_ALLOWED = "NAME_NOT_ALLOWED"
    TYPE_NOT_SUPPORTED = "TYPE_NOT_SUPPORTED"
    TYPE_MISMATCH = "TYPE_MISMATCH"
    POLYGLOT = "POLYGLOT"
    NO_TEXT = "NO_TEXT"
    TOO_LARGE = "TOO_LARGE"
    TOO_MANY_PAGES = "TOO_MANY_PAGES"
    PAGE_TOO_LARGE = "PAGE_TOO_LARGE"
    TEXT_TOO_LONG = "TEXT_TOO_LONG"
    UNPACKS_TOO_FAR = "UNPACKS_TOO_FAR"
    NESTED_TOO_DEEP = "NESTED_TOO_DEEP"
    TOOK_TOO_LONG = "TOOK_TOO_LONG"
    TOOK_TOO_MUCH_MEMORY = "TOOK_TOO_MUCH_MEMORY"
    TOO_COMPLEX = "TOO_COMPLEX"
    ENCRYPTED = "ENCRYPTED"
    MACROS = "MACROS"
    ACTIVE_CONTENT = "ACTIVE_CONTENT"
    EMBEDDED_FILE = "EMBEDDED_FILE"
    EXTERNAL_REFERENCE = "EXTERNAL_REFERENCE"
    FORMULA = "FORMULA"
    ENCODING_UNKNOWN = "ENCODING_UNKNOWN"
    DAMAGED = "DAMAGED"

    @property
    def sentence(self) -> str:
        """What is wrong and what to do, for the contributor."""
        return SENTENCES[self]


SENTENCES: Final[Mapping[Refusal, str]] = MappingProxyType(
    {
        Refusal.NAME_NOT_ALLOWED: "The name is no plain file name. Upload it as <tenant>/<name>.<type>.",
        Refusal.TYPE_NOT_SUPPORTED: "The type is not read. Allowed: pdf, docx, html, md, txt, csv.",
        Refusal.TYPE_MISMATCH: "The content is not what the name says. Name the real type.",
        Refusal.POLYGLOT: "The file is of two types at once. Save it anew from the program that made it.",
        Refusal.NO_TEXT: "The file holds no text. A scan needs visible text: recognise it and save that.",
        Refusal.TOO_LARGE: "The file is larger than allowed. Split it.",
        Refusal.TOO_MANY_PAGES: "The document has more pages than allowed. Split it.",
        Refusal.PAGE_TOO_LARGE: "A page is larger than allowed. Save it with an ordinary page size.",
        Refusal.TEXT_TOO_LONG: "The document has more text than allowed. Split it.",
        Refusal.UNPACKS_TOO_FAR: "The file unpacks to more than allowed. Save it without the large parts.",
        Refusal.NESTED_TOO_DEEP: "The file is nested deeper than allowed. Save it anew in a simpler form.",
        Refusal.TOOK_TOO_LONG: "Reading the file took longer than allowed. Save it anew in a simpler form.",
        Refusal.TOOK_TOO_MUCH_MEMORY: "Reading the file took more memory than allowed. Simplify it.",
        Refusal.TOO_COMPLEX: "The file has more parts than allowed. Save it anew in a simpler form.",
        Refusal.ENCRYPTED: "The file is encrypted. Save it without a password.",
        Refusal.MACROS: "The file holds macros. Save it without them.",
        Refusal.ACTIVE_CONTENT: "The file holds scripts, actions or frames. Save it without them.",
        Refusal.EMBEDDED_FILE: "The file holds other files. Upload each by itself.",
        Refusal.EXTERNAL_REFERENCE: "The file takes content from elsewhere. Save it with all of its content.",
        Refusal.FORMULA: "A cell holds a formula. Export values only.",
        Refusal.ENCODING_UNKNOWN: "The characters cannot be read. Save the file as UTF-8.",
        Refusal.DAMAGED: "The file is damaged. Save it anew from the program that made it.",
    }
)
"""A sentence for each reason."""


class RefusedError(Exception):
    """A document that is not read.

    Args:
        refusal: Why.
    """

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.sentence)
        self.refusal = refusal
