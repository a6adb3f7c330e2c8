"""The style elements of a page: what their rules say of an element, surely and perhaps."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final

import tinycss2

from document_text.css_attributes import MAYBE, NO, YES
from document_text.css_declarations import Said, declared, hold
from document_text.css_selectors import Complex, Matcher, parsed, weight, within
from document_text.refusals import Refusal, RefusedError

_MOST_NESTED: Final = 20
_MOST_RULES: Final = 50_000
_SCREEN: Final = 1280.0
_WIDTH: Final = re.compile(
    r"\(\s*(min|max)-width\s*:\s*([\d.]+)(px|em|rem)\s*\)|\(\s*width\s*(<=?|>=?)\s*([\d.]+)(px|em|rem)\s*\)"
)
_CONDITION: Final = re.compile(r"\([^()]*\)|\band\b|\bonly\b|\bscreen\b|\ball\b|\s")
_PAPER: Final = re.compile(r"\s*(?:only\s+)?(?:print|speech|aural|braille|tty)\b")


@dataclass(slots=True)
class Rule:
    """One selector with what it says.

    Args:
        selector: Of one kind of element.
        said: Its declarations.
        sure: Whether it holds on every screen.
        order: Its place among all.
        layered: Whether it stands in a layer, which counts less.
    """

    selector: Complex
    said: list[Said]
    sure: bool
    order: int
    layered: bool


@dataclass(slots=True)
class Sheet:
    """The rules of a page.

    Args:
        dark: Whether it is looked at in the dark.
        schemed: Whether the page says that it has a dark side; its canvas is dark then.
    """

    dark: bool = False
    schemed: bool = False
    _rules: dict[str, list[Rule]] = field(default_factory=dict[str, list[Rule]])
    _frames: dict[str, list[Said]] = field(default_factory=dict[str, list[Said]])
    _matcher: Matcher = field(default_factory=Matcher)
    _count: int = 0

    def read(self, css: str) -> None:
        """Add the rules of a style element.

        Raises:
            RefusedError: There are too many, or they are nested too deep.
        """
        self._read(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True), [], 0)

    def _read(
        self, nodes: list[Any], outer: list[Any], depth: int, *, sure: bool = True, layered: bool = False
    ) -> None:
        if depth > _MOST_NESTED:
            raise RefusedError(Refusal.NESTED_TOO_DEEP)
        for node in nodes:
            if node.type == "at-rule":
                self._at_rule(node, outer, depth, sure=sure, layered=layered)
            elif node.type == "qualified-rule":
                prelude = within(outer, node.prelude) if outer else node.prelude
                inside = tinycss2.parse_blocks_contents(
                    node.content, skip_comments=True, skip_whitespace=True
                )
                self._add(prelude, declared(inside), sure=sure, layered=layered)
                nested = [inner for inner in inside if inner.type in ("at-rule", "qualified-rule")]
                self._read(nested, prelude, depth + 1, sure=sure, layered=layered)

    def _at_rule(self, node: Any, outer: list[Any], depth: int, *, sure: bool, layered: bool) -> None:
        name = node.lower_at_keyword
        if node.content is None:
            return
        if "keyframes" in name:
            self._read_frames(node)
            return
        if name in (
            "font-face",
            "page",
            "property",
            "counter-style",
            "font-feature-values",
            "view-transition",
        ):
            return
        if name == "media":
            holds = self._holds(tinycss2.serialize(node.prelude).lower())
            if holds == NO:
                return
            sure = sure and holds == YES
        elif name != "layer":
            sure = False
        inside = tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
        said = declared(inside)
        if outer and said:
            self._add(outer, said, sure=sure, layered=layered or name == "layer")
        nested = [inner for inner in inside if inner.type in ("at-rule", "qualified-rule")]
        self._read(nested, outer, depth + 1, sure=sure, layered=layered or name == "layer")

    def _holds(self, query: str) -> int:
        return max((self._one_holds(part) for part in query.split(",")), default=MAYBE)

    def _one_holds(self, query: str) -> int:
        """Whether a query holds on the screen of a desk. A screen that somebody may have counts as maybe."""
        if _PAPER.match(query):
            return NO
        if "prefers-color-scheme" in query and "not" not in query:
            if ("dark" in query) is not self.dark:
                return NO
            query = re.sub(r"\(\s*prefers-color-scheme\s*:\s*(?:dark|light)\s*\)", " ", query)
        for found in _WIDTH.finditer(query):
            most = found.group(1) == "max" or (found.group(4) or "").startswith("<")
            bound = float(found.group(2) or found.group(5)) * (1 if "px" in found.group() else 16)
            if bound < _SCREEN if most else bound > _SCREEN:
                return NO if most else MAYBE
        query = _WIDTH.sub(" ", query)
        return MAYBE if "(" in query or _CONDITION.sub("", query) else YES

    def _read_frames(self, node: Any) -> None:
        """Of an animation, the picture at its end."""
        name = tinycss2.serialize(node.prelude).strip()
        for frame in tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True):
            if frame.type == "qualified-rule" and re.search(
                r"\bto\b|100%", tinycss2.serialize(frame.prelude).lower()
            ):
                inside = tinycss2.parse_blocks_contents(
                    frame.content, skip_comments=True, skip_whitespace=True
                )
                self._frames.setdefault(name, []).extend(declared(inside))

    def _add(self, prelude: list[Any], said: list[Said], *, sure: bool, layered: bool) -> None:
        self.schemed = self.schemed or any(
            name == "color-scheme" and "dark" in value for name, value, _ in said
        )
        if not said:
            return
        for selector in parsed(prelude):
            self._count += 1
            if self._count > _MOST_RULES:
                raise RefusedError(Refusal.TOO_COMPLEX)
            rule = Rule(selector, said, sure, self._count, layered)
            self._rules.setdefault(_key(selector), []).append(rule)

    def of(self, element: Any, inline: str) -> tuple[dict[str, str], list[dict[str, str]]]:
        """What is said of an element: what surely holds, then each that perhaps holds too.

        Args:
            element: Of the tree.
            inline: Its ``style`` attribute.

        Raises:
            RefusedError: The page asks too much.
        """
        if not inline and not self._rules:
            return {}, []
        keys = ["*", element.name.lower()]
        keys += [f".{name.lower()}" for name in (element.attrs.get("class") or "").split()]
        keys.append(f"#{(element.attrs.get('id') or '').lower()}")
        held: list[tuple[tuple[Any, ...], str, str]] = []
        perhaps: list[dict[str, str]] = []
        for rule in (rule for key in dict.fromkeys(keys) for rule in self._rules.get(key, ())):
            matched = self._matcher.matches(rule.selector, element)
            if matched == YES and rule.sure:
                heavy = weight(rule.selector)
                held += [
                    ((important, False, rule.layered is important, heavy, rule.order), name, value)
                    for name, value, important in rule.said
                ]
            elif matched != NO:
                perhaps.append({name: value for name, value, _ in rule.said})
        inside = tinycss2.parse_blocks_contents(inline, skip_comments=True, skip_whitespace=True)
        held += [
            ((important, True, True, (0, 0, 0), 0), name, value)
            for name, value, important in declared(inside)
        ]
        said: dict[str, str] = {}
        for _, name, value in sorted(held, key=lambda item: item[0]):
            hold(said, name, value)
        played = " ".join(value for name, value in said.items() if name in ("animation", "animation-name"))
        perhaps += [
            {name: value for name, value, _ in frame}
            for title, frame in self._frames.items()
            if title in played
        ]
        return said, perhaps


def _key(selector: Complex) -> str:
    """Under which a rule is kept: the most telling name of its last part."""
    last = selector[-1][1]
    for kind, sign in (("id", "#"), ("class", "."), ("tag", "")):
        for simple, value in last:
            if simple == kind:
                return f"{sign}{value.lower()}"
    return "*"
