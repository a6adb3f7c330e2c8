"""Plain text and Markdown. Markdown is read as what its renderers show, its HTML judged as HTML."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from markdown_it import MarkdownIt

from document_text.collector import Collector
from document_text.html_active import refuse_raw
from document_text.html_page import show_page
from document_text.results import Extracted, Kind

if TYPE_CHECKING:
    from document_text.limits import Limits

_MOST_NESTED: Final = 100
_TITLES: Final = frozenset({"h1", "h2"})


class _Renderer(MarkdownIt):
    """Makes a link of every address, so that those of scripts are seen and refused."""

    def validateLink(self, url: str) -> bool:  # noqa: N802 - the base class names it
        """Whether an address becomes a link."""
        return bool(url)


def read_text(text: str, limits: Limits) -> Extracted:
    """Read a plain text as it stands.

    Raises:
        RefusedError: It is too long or holds no text.
    """
    collector = Collector(limits)
    collector.show(text)
    return collector.finish(Kind.TEXT)


def read_markdown(text: str, limits: Limits) -> Extracted:
    """Read Markdown: what a renderer shows of it.

    Raises:
        RefusedError: Its HTML is active, or it is too long or holds no text.
    """
    collector = Collector(limits)
    renderer = _Renderer("commonmark", {"html": True, "maxNesting": _MOST_NESTED})
    renderer.enable(["table", "strikethrough"])
    defined: dict[str, Any] = {}
    tokens = renderer.parse(text, defined)
    # A link that is defined and not used is the way to write a comment that Markdown has not.
    for definition in (*defined.get("references", {}).values(), *defined.get("duplicate_refs", ())):
        collector.aside("comment", f"{definition.get('title', '')} {definition.get('href', '')}")
    # What is text to this renderer may be markup to another.
    for token in tokens:
        for part in token.children or ():
            if part.type == "text":
                refuse_raw(part.content)
    show_page(renderer.renderer.render(tokens, renderer.options, defined), collector, fragment=True)
    headings = (after for at, after in pairwise(tokens) if at.tag in _TITLES)
    collector.title = collector.title or next((heading.content for heading in headings), "")
    return collector.finish(Kind.MARKDOWN)
