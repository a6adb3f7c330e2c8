"""Declarations of CSS, short forms written out, in the order in which they win."""

from __future__ import annotations

from typing import Any, Final

import tinycss2

_SHORT: Final = {
    "overflow": ("overflow-x", "overflow-y"),
    "margin": ("margin-top", "margin-right", "margin-bottom", "margin-left"),
    "margin-inline": ("margin-left", "margin-right"),
    "margin-block": ("margin-top", "margin-bottom"),
    "inset": ("top", "right", "bottom", "left"),
    "inset-inline": ("left", "right"),
    "inset-block": ("top", "bottom"),
}
_ALSO: Final = {
    "margin-inline-start": "margin-left",
    "margin-inline-end": "margin-right",
    "margin-block-start": "margin-top",
    "margin-block-end": "margin-bottom",
    "inset-inline-start": "left",
    "inset-inline-end": "right",
    "inset-block-start": "top",
    "inset-block-end": "bottom",
    "padding-inline-start": "padding-left",
    "block-size": "height",
    "inline-size": "width",
    "max-block-size": "max-height",
    "max-inline-size": "max-width",
    "overflow-block": "overflow-y",
    "overflow-inline": "overflow-x",
    "-webkit-transform": "transform",
    "-webkit-filter": "filter",
    "-webkit-clip-path": "clip-path",
}

_RESET: Final = {"background": ("background-color", "background-image"), "font": ("font-size",)}
_DISPLAYS: Final = frozenset(
    [
        *(
            "none",
            "block",
            "inline",
            "flow",
            "flow-root",
            "flex",
            "grid",
            "table",
            "list-item",
            "contents",
            "ruby",
        ),
        *(
            "inline-block",
            "inline-flex",
            "inline-grid",
            "inline-table",
            "run-in",
            "math",
            "initial",
            "inherit",
        ),
        *("unset", "revert", "revert-layer", "table-cell", "table-row", "table-caption", "table-column"),
        *("table-row-group", "table-header-group", "table-footer-group", "table-column-group", "ruby-text"),
    ]
)

Said = tuple[str, str, bool]
"""Name, value, and whether it is important."""


def hold(said: dict[str, str], name: str, value: str) -> None:
    """Let a declaration win over the earlier ones, unless browsers pass over it."""
    if name == "display" and "(" not in value and not _DISPLAYS.issuperset(value.split()):
        return
    for long in _RESET.get(name, ()):
        said.pop(long, None)
    said[name] = value


def declared(nodes: list[Any]) -> list[Said]:
    """The declarations among nodes, short forms written out."""
    found: list[Said] = []
    for node in nodes:
        if node.type != "declaration":
            continue
        small = str(node.lower_name)
        name = str(node.name) if small.startswith("--") else _ALSO.get(small, small)
        value = tinycss2.serialize(node.value).strip()
        value = value if name.startswith("--") else value.lower()
        longs = _SHORT.get(name, ())
        found += [
            (long, side, node.important) for long, side in zip(longs, _sides(value, len(longs)), strict=True)
        ]
        found.append((name, value, node.important))
    return found


def _sides(value: str, count: int) -> list[str]:
    """One to four values for two or four sides, as CSS deals them out."""
    given = value.split() if "(" not in value else [value]
    one = given[0] if given else ""
    two = given[1] if len(given) > 1 else one
    three, four = [*given[2:], *(one, two)[len(given[2:]) :]][:2]
    return [one, two, three, four][:count]
