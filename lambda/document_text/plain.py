"""Plain text and Markdown. What HTML a Markdown text holds is judged as HTML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from document_text.collector import Collector
from document_text.html_page import Page
from document_text.results import Extracted, Kind

if TYPE_CHECKING:
    from document_text.limits import Limits

_FENCE: Final = re.compile(r"^[ ]{0,3}(`{3,}|~{3,})")
_CODE: Final = re.compile(r"(?<!`)(`{1,8})(?!`)[^`\n]{1,2000}\1(?!`)|<(?:https?://|mailto:)[^<>\s]{1,2000}>")
_HEADING: Final = re.compile(r"^#{1,2}\s+(.{1,300}?)\s*#*$", re.MULTILINE)
# The way to write a comment that Markdown has not: a link that nobody can click.
_UNSEEN_LINK: Final = re.compile(
    r"^\s{0,3}\[(?://|comment|#|_|\s)?\]:\s*(?:#|<>)\s*(.*)$", re.MULTILINE | re.IGNORECASE
)


def read_text(text: str, limits: Limits) -> Extracted:
    """Read a plain text as it stands.

    Raises:
        RefusedError: It is too long or holds no text.
    """
    collector = Collector(limits)
    collector.show(text)
    return collector.finish(Kind.TEXT)


def read_markdown(text: str, limits: Limits) -> Extracted:
    """Read Markdown: the source without comments and without what its HTML hides.

    Raises:
        RefusedError: Its HTML is active, or it is too long or holds no text.
    """
    collector = Collector(limits)
    for unseen in _UNSEEN_LINK.finditer(text):
        collector.aside("comment", unseen.group(1))
    text = _UNSEEN_LINK.sub("", text)
    heading = _HEADING.search(text)
    collector.title = heading.group(1) if heading else ""
    prose = Page(collector, inline=True)
    for is_code, part in _parts(text):
        if is_code:
            prose.show_code(part)
        else:
            prose.feed(part)
    prose.close()
    return collector.finish(Kind.MARKDOWN)


def _parts(text: str) -> list[tuple[bool, str]]:
    """The text in order, code (which HTML readers do not see) apart from prose."""
    parts: list[tuple[bool, str]] = []
    fence = ""
    for line in text.splitlines(keepends=True):
        opened = _FENCE.match(line)
        if fence:
            parts.append((True, line))
            if opened and opened.group(1).startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
        elif opened:
            fence = opened.group(1)
            parts.append((True, line))
        else:
            at = 0
            for code in _CODE.finditer(line):
                parts += [(False, line[at : code.start()]), (True, code.group())]
                at = code.end()
            parts.append((False, line[at:]))
    return parts
