"""What was read: the text that people see, and apart from it what they do not see."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The types that are read; the value is the ending of the name."""

    PDF = "pdf"
    DOCX = "docx"
    HTML = "html"
    MARKDOWN = "md"
    TEXT = "txt"
    CSV = "csv"


class HiddenWay(StrEnum):
    """How a text is kept from the eye."""

    COLOUR = "colour"
    """Its colour is the background's."""
    SIZE = "size"
    """It is smaller than three points."""
    OFF_PAGE = "off-page"
    """It stands where no page is, or outside of what is cut out."""
    INVISIBLE = "invisible"
    """The format's own switch: render mode 3, ``w:vanish``, ``display: none``."""
    TRANSPARENT = "transparent"
    """It lets the background through."""
    COVERED = "covered"
    """Something was painted over it."""
    LAYER = "layer"
    """It stands on a layer that is off."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """A piece of hidden text.

    Args:
        way: How.
        chars: Letters and digits of it.
        text: What it says; empty where it is part of the document's text, because it could not be taken out.
    """

    way: HiddenWay
    chars: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class Aside:
    """Text beside the document's own: not passed on, but looked at.

    Args:
        where: ``comment``, ``metadata``, ``attribute``, ``deleted``, ``field``, ``annotation``…
        text: What it says.
    """

    where: str
    text: str


@dataclass(frozen=True, slots=True)
class Extracted:
    """One document.

    Args:
        kind: Its real type.
        title: Its own title; empty when it has none.
        text: What people see, as plain text.
        pages: Number of pages; None where the document does not say it.
        hidden: What they do not see.
        asides: What stands beside it.
    """

    kind: Kind
    title: str
    text: str
    pages: int | None = None
    hidden: tuple[Hidden, ...] = ()
    asides: tuple[Aside, ...] = ()
