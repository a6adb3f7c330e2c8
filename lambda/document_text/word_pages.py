"""Pages of a Word document, as far as it says where they end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from document_text.xml_events import Handler

_OFF: Final = frozenset({"0", "false", "off"})


class PagesPassed:
    """Counts page breaks on their way to another handler.

    Args:
        handler: Takes the events.
    """

    def __init__(self, handler: Handler) -> None:
        self._handler = handler
        self._set = self._laid_out = 0

    @property
    def pages(self) -> int | None:
        """Pages by the breaks that were set or, if there are more, by those of the last layout.

        None when there is neither: then the document may have any number of pages.
        """
        return max(self._set, self._laid_out) + 1 if self._set or self._laid_out else None

    def start(self, name: str, attributes: dict[str, str], /) -> None:
        """Begin of an element."""
        if name == "w:lastRenderedPageBreak":
            self._laid_out += 1
        elif (name == "w:br" and attributes.get("w:type") == "page") or (
            name == "w:pageBreakBefore" and attributes.get("w:val", "") not in _OFF
        ):
            self._set += 1
        self._handler.start(name, attributes)

    def end(self, name: str, /) -> None:
        """End of an element."""
        self._handler.end(name)

    def text(self, data: str, /) -> None:
        """Characters."""
        self._handler.text(data)
