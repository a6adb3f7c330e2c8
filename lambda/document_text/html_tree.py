"""Pages as browsers take them apart: the algorithm of the HTML standard, errors and all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from justhtml import Element, JustHTML

from document_text.refusals import Refusal, RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from justhtml import Node

_MOST_ATTRIBUTES: Final = 100
_MOST_DEEP: Final = 400
_NO_SCRIPT: Final = re.compile(r"<noscript\b", re.IGNORECASE)


def trees_of(source: str, *, fragment: bool = False) -> list[Node]:
    """The tree that a browser builds, then the one that it builds when scripts are off, where they differ.

    Args:
        source: The page.
        fragment: True for markup that stands within a page.
    """
    trees = [_parsed(source, scripts=True, fragment=fragment)]
    if _NO_SCRIPT.search(source):
        trees.append(_parsed(source, scripts=False, fragment=fragment))
    return trees


def _parsed(source: str, *, scripts: bool, fragment: bool) -> Node:
    return JustHTML(source, sanitize=False, scripting_enabled=scripts, fragment=fragment).root


def children_of(node: Any) -> list[Any]:
    """What stands in a node; of a template, what it holds for later."""
    inside = list(node.children or ()) if hasattr(node, "children") else []
    later = getattr(node, "template_content", None)
    return inside if later is None else [*inside, *children_of(later)]


def elements(root: Node) -> Iterator[Element]:
    """Every element, in order.

    Raises:
        RefusedError: One is nested too deep or has too many attributes.
    """
    waiting: list[tuple[Any, int]] = [(root, 0)]
    while waiting:
        node, depth = waiting.pop()
        if isinstance(node, Element):
            if depth > _MOST_DEEP or len(node.attrs) > _MOST_ATTRIBUTES:
                raise RefusedError(Refusal.NESTED_TOO_DEEP)
            yield node
        waiting += [(child, depth + 1) for child in reversed(children_of(node))]
